//! What offices call things: headings' words for fields, and words for units. A pack brings its own; these are the common ones.
use lantu_model::{Area, Money};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::{collections::HashMap, fmt, str::FromStr};

/// What one of a column's numbers is worth.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unit {
    Money { word: String, fen: i64 },
    Mu,
    Hectare,
    SquareMetre,
    SquareKilometre,
}

impl Unit {
    pub fn wan() -> Self {
        Self::money("万元", Money::FEN_PER_WAN)
    }
    pub fn money(word: &str, fen: i64) -> Self {
        Self::Money { word: word.to_owned(), fen }
    }
    pub fn is_money(&self) -> bool {
        matches!(self, Self::Money { .. })
    }
    pub fn fen(&self) -> Option<i64> {
        match self {
            Self::Money { fen, .. } => Some(*fen),
            _ => None,
        }
    }
    pub fn word(&self) -> &str {
        match self {
            Self::Money { word, .. } => word,
            Self::Mu => "亩",
            Self::Hectare => "公顷",
            Self::SquareMetre => "平方米",
            Self::SquareKilometre => "平方公里",
        }
    }
    pub(crate) fn area(&self, text: &str) -> Option<Area> {
        match self {
            Self::Mu => Area::parse_mu(text),
            Self::Hectare => Area::parse_hectare(text),
            Self::SquareMetre => Area::parse_m2(text),
            // An area in m² scales exactly as money in 分 does.
            Self::SquareKilometre => Money::parse_decimal(text, 1_000_000).map(|m| Area::from_m2(m.fen())),
            Self::Money { .. } => None,
        }
    }
}

const CHINESE_MONEY: &[(&str, i64)] = &[
    ("百万元", 100 * 1_000_000),
    ("千万元", 1_000 * 1_000_000),
    ("亿元", Money::FEN_PER_YI),
    ("万元", Money::FEN_PER_WAN),
    ("千元", 1_000 * Money::FEN_PER_YUAN),
    ("亿", Money::FEN_PER_YI),
    ("万", Money::FEN_PER_WAN),
    ("元", Money::FEN_PER_YUAN),
];

const OTHER_MONEY: &[(&str, i64)] = &[
    ("$ thousands", 100_000),
    ("thousands of dollars", 100_000),
    ("usd thousands", 100_000),
    ("in thousands", 100_000),
    ("$000", 100_000),
    ("$k", 100_000),
    ("usd_k", 100_000),
    ("$ millions", 100_000_000),
    ("$m", 100_000_000),
    ("usd m", 100_000_000),
    ("usd_m", 100_000_000),
    ("gbp_m", 100_000_000),
    ("gbp m", 100_000_000),
    ("£m", 100_000_000),
    ("£ million", 100_000_000),
    ("€m", 100_000_000),
    ("eur_m", 100_000_000),
    ("million", 100_000_000),
    ("thousand", 100_000),
    ("usd", 100),
    ("gbp", 100),
    ("eur", 100),
    ("$", 100),
    ("£", 100),
    ("€", 100),
];

const AREAS: &[(&str, Unit)] = &[
    ("平方公里", Unit::SquareKilometre),
    ("km2", Unit::SquareKilometre),
    ("平方千米", Unit::SquareKilometre),
    ("平方米", Unit::SquareMetre),
    ("㎡", Unit::SquareMetre),
    ("m²", Unit::SquareMetre),
    ("m2", Unit::SquareMetre),
    ("平米", Unit::SquareMetre),
    ("公顷", Unit::Hectare),
    ("ha", Unit::Hectare),
    ("hectares", Unit::Hectare),
    ("亩", Unit::Mu),
    ("mu", Unit::Mu),
];

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Money { word, fen } if CHINESE_MONEY.contains(&(word.as_str(), *fen)) => f.write_str(word),
            Self::Money { word, fen } => write!(f, "{word}={fen}"),
            area => f.write_str(area.word()),
        }
    }
}

impl FromStr for Unit {
    type Err = String;
    /// `亿元`, `亩`, or a currency's own word with its worth in hundredths: `$ thousands=100000`.
    fn from_str(s: &str) -> Result<Self, String> {
        if let Some((word, fen)) = s.rsplit_once('=') {
            let fen = fen.trim().parse::<i64>().ok().filter(|f| *f > 0).ok_or_else(|| format!("not a unit: {s}"))?;
            return Ok(Self::money(word.trim(), fen));
        }
        let word = s.trim();
        let money = CHINESE_MONEY.iter().chain(OTHER_MONEY).find(|(w, _)| *w == word).map(|(w, fen)| Self::money(w, *fen));
        money.or_else(|| AREAS.iter().find(|(w, _)| *w == word).map(|(_, u)| u.clone())).ok_or_else(|| format!("not a unit: {s}"))
    }
}

impl Serialize for Unit {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Unit {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        String::deserialize(d)?.parse().map_err(serde::de::Error::custom)
    }
}

/// Text as headings are compared: half-width, lower case, without blanks, one kind of dash and bracket.
pub fn fold(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
            '—' | '–' | '‐' | '−' | '―' => '-',
            '〔' | '【' => '[',
            '〕' | '】' => ']',
            _ => c,
        })
        .filter(|c| !c.is_whitespace() && !c.is_control() && !matches!(c, '\u{feff}' | '\u{200b}'))
        .map(|c| if c == '~' { '-' } else { c })
        .flat_map(char::to_lowercase)
        .collect()
}

/// Headings' words and the fields they mean.
#[derive(Clone, Debug, Default)]
pub struct Vocabulary {
    aliases: Vec<(String, String)>,
    exact: HashMap<String, String>,
    currency: Vec<(String, i64)>,
    lists: Vec<(String, String)>,
}

impl Vocabulary {
    /// `fields`: words of each field; `currency`: unit words with their worth in hundredths; `lists`: words of each list.
    /// The common words are added behind; where two fields share a word the first to name it has it.
    pub fn new(fields: &[(String, Vec<String>)], currency: &[(String, i64)], lists: &[(String, Vec<String>)]) -> Self {
        let mut vocabulary = Self::default();
        for (field, words) in fields {
            for word in words {
                vocabulary.add(field, word);
            }
        }
        for (field, words) in COMMON {
            for word in words.split('|') {
                vocabulary.add(field, word);
            }
        }
        vocabulary.currency = currency.iter().map(|(word, fen)| (fold(word), *fen)).filter(|(w, f)| !w.is_empty() && *f > 0).collect();
        vocabulary.currency.sort_by_key(|(word, _)| std::cmp::Reverse(word.len()));
        vocabulary.lists = lists
            .iter()
            .flat_map(|(key, words)| words.iter().map(move |w| (key.clone(), fold(w))))
            .filter(|(_, word)| word.chars().count() >= 2)
            .collect();
        vocabulary
    }

    fn add(&mut self, field: &str, word: &str) {
        let word = fold(word);
        if word.is_empty() || self.exact.contains_key(&word) {
            return;
        }
        self.exact.insert(word.clone(), field.to_owned());
        self.aliases.push((word, field.to_owned()));
    }

    /// The field that a folded word names.
    pub fn exact(&self, folded: &str) -> Option<&str> {
        self.exact.get(folded).map(String::as_str)
    }

    /// The field whose longest word stands within the folded text, with the share of the text it covers.
    pub(crate) fn within(&self, folded: &str) -> Option<(&str, f32)> {
        let length = folded.chars().count();
        let mut best: Option<(&str, f32)> = None;
        for (word, field) in &self.aliases {
            let n = word.chars().count();
            let share = n as f32 / length.max(1) as f32;
            let long_enough = if word.is_ascii() { n >= 4 && share >= 0.4 } else { n >= 3 || (n == 2 && share >= 0.5) };
            if long_enough && folded.contains(word.as_str()) && best.is_none_or(|(_, s)| share > s) {
                best = Some((field, share));
            }
        }
        best
    }

    /// The list that a title names: the longest word wins.
    pub(crate) fn list_in(&self, folded: &str) -> Option<&str> {
        self.lists.iter().filter(|(_, word)| folded.contains(word.as_str())).max_by_key(|(_, word)| word.len()).map(|(key, _)| key.as_str())
    }

    /// A unit word that is the whole text: `亿元`, `£m`.
    pub fn unit(&self, folded: &str) -> Option<Unit> {
        let word = folded.trim_start_matches("单位").trim_start_matches([':', '/', ',']).trim_end_matches("人民币");
        if let Some((w, fen)) = self.currency.iter().find(|(w, _)| w == word) {
            return Some(Unit::money(w, *fen));
        }
        let money = CHINESE_MONEY.iter().chain(OTHER_MONEY).find(|(w, _)| fold(w) == word);
        if let Some((w, fen)) = money {
            let w = if matches!(*w, "亿" | "万") { format!("{w}元") } else { (*w).to_owned() };
            return Some(Unit::Money { word: w, fen: *fen });
        }
        AREAS.iter().find(|(w, _)| *w == word).map(|(_, u)| u.clone())
    }

    /// Splits a folded heading into its words and its unit: `总投资(亿元)`, `whole_life_cost_gbp_m`.
    pub fn split_unit(&self, folded: &str) -> (String, Option<Unit>) {
        let (mut base, mut unit) = (String::new(), None);
        let mut rest = folded;
        while let Some(open) = rest.find(['(', '[']) {
            let close = if rest[open..].starts_with('(') { ')' } else { ']' };
            let Some(end) = rest[open..].find(close).map(|e| open + e) else { break };
            base.push_str(&rest[..open]);
            let inner = &rest[open + 1..end];
            let found = inner.split([',', '，', '、', ';', '/', ':']).find_map(|w| self.unit(w)).or_else(|| self.unit(inner));
            match found {
                Some(found) => unit = unit.or(Some(found)),
                None => base.push_str(&rest[open..=end]),
            }
            rest = &rest[end + 1..];
        }
        base.push_str(rest);
        if unit.is_none() {
            (base, unit) = self.trailing_unit(base);
        }
        (base.trim_end_matches([':', ',', '/', '、', '_', '-']).to_owned(), unit)
    }

    fn trailing_unit(&self, base: String) -> (String, Option<Unit>) {
        if self.exact.contains_key(&base) {
            return (base, None);
        }
        let words = self.currency.iter().map(|(w, _)| w.clone());
        let words = words.chain(CHINESE_MONEY.iter().filter(|(w, _)| w.chars().count() > 1).map(|(w, _)| (*w).to_owned()));
        let words = words.chain(OTHER_MONEY.iter().map(|(w, _)| fold(w))).chain(AREAS.iter().map(|(w, _)| (*w).to_owned()));
        for word in words {
            let Some(left) = base.strip_suffix(word.as_str()).filter(|l| !l.is_empty()) else { continue };
            let boundary = !word.starts_with(|c: char| c.is_ascii_alphanumeric()) || !left.ends_with(|c: char| c.is_ascii_alphanumeric());
            if boundary {
                let unit = self.unit(&word);
                return (left.to_owned(), unit);
            }
        }
        (base, None)
    }
}

/// Words that offices share whatever the place. Roles are the model's; formalities are each pack's own.
const COMMON: &[(&str, &str)] = &[
    ("seq", "序号|编号|序|no|no.|#|serial|s/n|序列"),
    (
        "name",
        "项目名称|名称|项目|工程名称|建设项目|建设项目名称|项目(工程)名称|项目单体名称|project name|project|name|project title|title|project description|project_description|project_name",
    ),
    (
        "code",
        "项目代码|代码|项目编码|投资项目代码|统一项目代码|国家编码|赋码|project code|code|project id|project_id|id|reference|project number",
    ),
    (
        "owner",
        "项目单位|建设单位|业主|业主单位|项目业主|投资主体|投资单位|建设主体|企业名称|项目法人|法人单位|实施主体|实施单位|建设(业主)单位|owner|sponsor|managing agency|managing_agency|agency|department",
    ),
    ("owner_uscc", "统一社会信用代码|信用代码|社会信用代码|组织机构代码|uscc|credit code"),
    ("holding", "控股类型|控股情况|企业性质|经济类型|投资性质|登记注册类型|holding"),
    (
        "division",
        "属地|所属镇街道|镇街道|镇(街道)|镇街|所在镇街|所属镇街|所属乡镇|乡镇|所属区域|区域|town|district|division|place|borough|county",
    ),
    ("platform", "所属平台|平台|功能区|开发区|产业平台|园区|zone|platform"),
    ("location", "建设地点|项目地点|地点|建设地址|详细地址|项目地址|选址|location|address|site"),
    ("industry", "行业|所属行业|行业类别|国民经济行业|产业类别|所属产业|行业分类|industry|sector|category"),
    ("nature", "建设性质|项目性质|nature"),
    ("procedure", "审批方式|审批类型|立项方式|审核备类型|立项类型|procedure"),
    (
        "scale",
        "建设规模及内容|建设内容及规模|建设规模|建设内容|主要建设内容|主要建设内容及规模|建设规模与内容|建设内容和规模|项目概况|scope|scope of works|scope summary|scope_summary|description",
    ),
    (
        "total_investment",
        "总投资|总投资额|计划总投资|项目总投资|投资总额|估算总投资|概算总投资|投资规模|total investment|total cost|cost|combined total|combined_total|whole_life_cost|whole life cost|budget|total budget",
    ),
    ("land_total", "用地面积|总用地|总用地面积|用地总面积|占地面积|用地|总面积|拟用地面积|land|land area|site area"),
    ("land_new", "新增用地|新增用地面积|新增建设用地|new land"),
    ("land_supplied", "已供地|已供用地|已供地面积|已供面积|land supplied"),
    ("years_range", "起止年限|建设起止年限|建设年限|建设周期|建设工期|建设期限|起止时间|建设起止时间|years|construction period"),
    (
        "start_planned",
        "计划开工|计划开工时间|拟开工时间|预计开工时间|计划开工年月|计划开工日期|开工时间|开工|拟开工|开工年月|计划开工月份|start|planned start|start date",
    ),
    (
        "finish_planned",
        "计划竣工|计划竣工时间|拟竣工时间|预计竣工时间|计划竣工年月|竣工时间|竣工|拟竣工|完工时间|计划完工时间|计划完工|竣工年月|建成时间|计划建成时间|计划竣工月份|finish|planned finish|completion|end date|planned completion",
    ),
    ("operate_planned", "计划投产|计划投产时间|投产时间|拟投产时间|投产|投用时间|计划投用时间|投产(用)时间|planned operation"),
    ("ramp_planned", "计划达产|计划达产时间|达产时间|达产|拟达产时间|full capacity"),
    ("ceremony_on", "集中开工时间|开工仪式时间|集中开工|ceremony"),
    ("permit_on", "施工许可时间|施工许可证时间|施工许可证取得时间|施工许可证发证时间"),
    ("started_on", "实际开工|实际开工时间|实际开工日期|已开工时间|统计开工时间|actual start|started"),
    ("completed_on", "实际竣工|实际竣工时间|竣工验收时间|实际完工时间|actual finish|completed"),
    ("operating_on", "实际投产|实际投产时间|实际投用时间"),
    ("ramped_on", "实际达产|实际达产时间"),
    ("pool_entry_on", "入库时间|进库时间|项目入库时间"),
    ("stat_entry_on", "入统时间|纳统时间|统计入库时间|入统日期"),
    (
        "annual_plan",
        "年度计划|年度投资计划|年度计划投资|当年计划投资|本年计划投资|年度计划投资额|本年计划|全年计划投资|annual plan|plan this year",
    ),
    (
        "ytd_done",
        "累计完成|本年累计完成投资|年度累计完成投资|本年累计|今年以来完成投资|年初以来累计完成投资|累计完成投资|年内累计完成|year to date|ytd",
    ),
    ("prior_done", "至上年底累计|至上年底累计完成|截至上年底累计完成投资|至上年底累计完成投资|以前年度累计完成|上年底累计|prior years"),
    ("stage", "项目阶段|所处阶段|当前阶段|阶段|项目进展阶段|stage|phase"),
    ("status", "项目状态|状态|status"),
    ("level", "层级|项目层级|level"),
    ("physical_progress", "形象进度|当前形象进度|目前形象进度|工程形象进度|进展情况|项目进展|目前进展|progress"),
    ("remark", "备注|说明|remark|remarks|note|notes|comment"),
    ("classified", "涉密|是否涉密|密级|涉密情况|classified"),
    ("list_group", "项目类别|项目类型|类别|清单类别"),
    ("person:sponsor_leader", "挂钩领导|联系领导|包联领导|领办领导|挂联领导|市领导|挂钩市领导|sponsor leader"),
    ("role:lead_dept", "责任单位|牵头部门|牵头单位|责任部门|主管部门|行业主管部门|lead department|lead agency"),
    ("role:host_place", "属地单位|责任属地"),
    ("person:task_force", "专班|专班成员|工作专班|task force"),
    ("person:service_officer", "服务专员|代办员|服务秘书|项目管家|项目专员|service officer"),
    ("person:police_liaison", "项目警长|警长"),
    ("person:owner_contact", "联系人|项目联系人|企业联系人|业主联系人|联系人及电话|联系人及联系方式|contact"),
    ("person:supervisor", "督查人|督办人|supervisor"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_heading_parts_from_its_unit() {
        let v = Vocabulary::new(&[], &[("CNY bn".into(), 100_000_000_000)], &[]);
        for (heading, base, unit) in [
            ("总投资（亿元）", "总投资", "亿元"),
            ("总投资\n（ 万元 ）", "总投资", "万元"),
            ("26年(万)", "26年", "万元"),
            ("用地面积（亩）", "用地面积", "亩"),
            ("用地面积㎡", "用地面积", "平方米"),
            ("总投资：万元", "总投资", "万元"),
            ("whole_life_cost_gbp_m", "whole_life_cost", "gbp_m=100000000"),
            ("Budget (CNY bn)", "budget", "cnybn=100000000000"),
            ("总投资(单位:亿元)", "总投资", "亿元"),
        ] {
            let (b, u) = v.split_unit(&fold(heading));
            assert_eq!((b.as_str(), u.map(|u| u.to_string()).as_deref()), (base, Some(unit)), "{heading}");
        }
        for (plain, base) in [("镇(街道)", "镇(街道)"), ("项目名称", "项目名称"), ("program", "program")] {
            assert_eq!(v.split_unit(&fold(plain)), (base.to_owned(), None));
        }
    }

    #[test]
    fn units_are_written_and_read() {
        for text in ["亿元", "万元", "亩", "$ thousands=100000"] {
            assert_eq!(text.parse::<Unit>().unwrap().to_string(), text);
        }
        assert!("斤".parse::<Unit>().is_err() && "x=0".parse::<Unit>().is_err());
    }
}
