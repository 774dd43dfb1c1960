/** /projects/board */
import { PageHead } from '../../shared/shell'
import { Board } from './board/Board'
import { useWords } from './words'

export function BoardPage() {
  const { t } = useWords()
  return (
    <>
      <PageHead title={t('board.title')} scope={['division', 'as_of', 'list']} />
      <Board />
    </>
  )
}
