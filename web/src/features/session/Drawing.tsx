/** The plant on the sign-in page: a working drawing whose eight axes are the eight stages. It is decoration with a name. */
import { useWords, type WordKey } from '../../shared/words'

const AXES = [1, 2, 3, 4, 5, 6, 7, 8] as const
const FIRST = 112
const STEP = 96
const GROUND = 460
const x = (axis: number) => FIRST + (axis - 1) * STEP

const stage = (n: (typeof AXES)[number]): WordKey => `session.stage${n}`
const steps: readonly WordKey[] = ['session.step1', 'session.step2', 'session.step3', 'session.step4', 'session.step5', 'session.step6', 'session.step7']

function Level({ at, text }: { at: number; text: string }) {
  return (
    <g>
      <path d={`M32 ${at}h40M36 ${at - 7}h11l-5.5 7z`} />
      <text x="52" y={at - 11}>
        {text}
      </text>
    </g>
  )
}

function Plant() {
  return (
    <>
      <g className="d-thin">
        {[2, 3, 4, 5].map((a) => (
          <path key={a} d={`M${x(a) + 4} 296v32M${x(a) + 9} 299v29M${x(a) + 14} 302v26`} />
        ))}
        <path d={`M${x(2)} 340h${4 * STEP}M128 418h48M738 260h16M735 340h22`} />
      </g>
      <g className="d-line">
        <path d={`M128 ${GROUND}v-78M176 ${GROUND}v-78M128 382c10-11 38-11 48 0z`} />
        {[2, 3, 4, 5].map((a) => (
          <path key={a} d={`M${x(a)} 332v-56l${STEP} 56`} />
        ))}
        <path d={`M${x(2)} 332h${4 * STEP}M${x(2)} 332V${GROUND}M${x(6)} 252h96V${GROUND}M${x(6)} 252V${GROUND}`} />
        {[2, 3, 4, 5].map((a) => (
          <path key={a} d={`M${x(a) + 16} 368h64v28h-64zM${x(a) + 48} 368v28`} />
        ))}
        <path d={`M${x(4) + 22} ${GROUND}v-52h52v52M${x(4) + 22} 418h52M${x(4) + 22} 428h52M${x(4) + 22} 438h52M${x(4) + 22} 448h52`} />
        {[0, 1, 2, 3, 4].flatMap((row) => [0, 1, 2].map((col) => <path key={`${row}-${col}`} d={`M${x(6) + 9 + col * 29} ${266 + row * 38}h19v20h-19z`} />))}
        <path d={`M731 ${GROUND}l8-268h14l8 268M736 192h20`} />
        {[2, 3, 4, 5, 6].map((a) => (
          <path key={a} d={`M${x(a) - 5} ${GROUND}v64l5 8 5-8v-64`} />
        ))}
      </g>
    </>
  )
}

export function Drawing({ by }: { by: string }) {
  const { t } = useWords()
  return (
    <svg className="drawing" viewBox="0 0 896 840" role="img" aria-label={t('session.drawing')} preserveAspectRatio="xMaxYMax meet">
      <g className="d-axis">
        {AXES.map((a) => (
          <path key={a} d={`M${x(a)} 148V${GROUND + 124}`} />
        ))}
      </g>
      <g className="d-line">
        {AXES.map((a) => (
          <circle key={a} cx={x(a)} cy="132" r="15" />
        ))}
      </g>
      <Plant />
      <g className="d-line">
        <path className="d-ground" d={`M48 ${GROUND}h800`} />
        <Level at={GROUND} text="±0.000" />
        <Level at={332} text="+9.600" />
        <Level at={252} text="+15.600" />
      </g>
      <g className="d-thin">
        {Array.from({ length: 50 }, (_, i) => (
          <path key={i} d={`M${56 + i * 16} ${GROUND + 10}l10-10`} />
        ))}
      </g>
      <g className="d-line">
        <path d={`M${x(1)} ${GROUND + 116}h${7 * STEP}M${x(1)} ${GROUND + 178}h222M${x(8)} ${GROUND + 178}h-222`} />
        {AXES.map((a) => (
          <path key={a} className="d-tick" d={`M${x(a) - 6} ${GROUND + 122}l12-12`} />
        ))}
        {[1, 8].map((a) => (
          <path key={a} className="d-tick" d={`M${x(a) - 6} ${GROUND + 184}l12-12`} />
        ))}
      </g>
      <g textAnchor="middle">
        {AXES.map((a) => (
          <text key={a} x={x(a)} y="137" className="d-strong">
            {a}
          </text>
        ))}
        {steps.map((word, i) => (
          <text key={word} x={x(i + 1) + STEP / 2} y={GROUND + 108} className="d-quiet">
            {t(word)}
          </text>
        ))}
        {AXES.map((a) => (
          <text key={a} x={x(a)} y={GROUND + 150} className={a === 8 ? 'd-strong' : undefined}>
            {t(stage(a))}
          </text>
        ))}
        <text x={(x(1) + x(8)) / 2} y={GROUND + 183} className="d-strong">
          {t('session.motto')}
        </text>
      </g>
      <TitleBlock by={by} />
    </svg>
  )
}

/** The block in the corner of every sheet: what it is, who drew it. */
function TitleBlock({ by }: { by: string }) {
  const { t } = useWords()
  return (
    <g className="d-line">
      <path d="M496 744h400M496 776h400M496 808h400M496 840V744M568 744v96M744 776v32M800 776v32" />
      <g className="d-text">
        <text x="508" y="765" className="d-quiet">
          {t('session.sheetName')}
        </text>
        <text x="580" y="765">
          {t('session.sheetNameValue')}
        </text>
        <text x="508" y="797" className="d-quiet">
          {t('session.sheetBy')}
        </text>
        <text x="580" y="797">
          {by}
        </text>
        <text x="756" y="797" className="d-quiet">
          {t('session.sheetNo')}
        </text>
        <text x="812" y="797">
          01
        </text>
        <text x="508" y="829" className="d-quiet">
          {t('session.sheetStage')}
        </text>
        <text x="580" y="829">
          {t('session.sheetStageValue')}
        </text>
      </g>
    </g>
  )
}
