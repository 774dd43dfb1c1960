//! Names of fictional projects and firms. Every firm carries 示例, every project its town and product; nobody is real.
use crate::chance::Chance;
use lantu_model::{Holding, Nature, Procedure};

/// A kind of project with what is typical of it.
#[derive(Debug)]
pub struct Kind {
    pub key: &'static str,
    /// Industry class and what is made or built.
    pub products: &'static [(&'static str, &'static str)],
    pub forms: &'static [&'static str],
    pub procedure: Procedure,
    /// Median investment, 万元, and how widely it spreads.
    pub median_wan: f64,
    pub spread: f64,
    /// Planned months of works.
    pub months: (i64, i64),
    /// Share of all projects, percent.
    pub share: u32,
    /// Median land, 亩; 0 for works on existing sites.
    pub land_mu: f64,
}

pub const KINDS: &[Kind] = &[
    Kind {
        key: "factory",
        products: &[
            ("C3670", "汽车零部件"),
            ("C3841", "储能电芯"),
            ("C3985", "电子元件"),
            ("C3521", "精密模具"),
            ("C3913", "智能终端"),
            ("C2927", "光学膜"),
            ("C3484", "传动轴"),
            ("C3562", "半导体封装"),
            ("C2669", "电子化学品"),
            ("C3585", "医疗器械"),
            ("C3825", "光伏组件"),
            ("C1819", "功能服装"),
            ("C2110", "智能家居"),
            ("C3311", "钢结构"),
            ("C3491", "工业机器人"),
            ("C3062", "复合材料"),
            ("C1432", "健康食品"),
            ("C3824", "配电设备"),
        ],
        forms: &["生产线", "智能工厂", "产业园", "制造基地", "扩产"],
        procedure: Procedure::Filing,
        median_wan: 32_000.0,
        spread: 0.8,
        months: (16, 40),
        share: 52,
        land_mu: 55.0,
    },
    Kind {
        key: "renovation",
        products: &[
            ("C3670", "冲压车间"),
            ("C1819", "缝制车间"),
            ("C2927", "涂布线"),
            ("C3062", "成型线"),
            ("C2110", "涂装线"),
            ("C3311", "焊接线"),
        ],
        forms: &["智能化改造", "数字化技改", "节能改造"],
        procedure: Procedure::Filing,
        median_wan: 6_000.0,
        spread: 0.6,
        months: (8, 18),
        share: 14,
        land_mu: 0.0,
    },
    Kind {
        key: "school",
        products: &[("P8321", "小学"), ("P8331", "初级中学"), ("P8310", "幼儿园"), ("Q8411", "医院"), ("Q8514", "养老院")],
        forms: &["新建工程", "迁建工程", "扩建工程"],
        procedure: Procedure::Approval,
        median_wan: 18_000.0,
        spread: 0.5,
        months: (24, 40),
        share: 10,
        land_mu: 40.0,
    },
    Kind {
        key: "road",
        products: &[
            ("E4812", "快速路"),
            ("E4812", "连接线"),
            ("E4813", "公交枢纽"),
            ("E4822", "河道整治"),
            ("D4620", "污水处理厂"),
            ("D4610", "水厂"),
        ],
        forms: &["工程", "提升工程", "二期工程"],
        procedure: Procedure::Approval,
        median_wan: 42_000.0,
        spread: 0.8,
        months: (24, 54),
        share: 14,
        land_mu: 90.0,
    },
    Kind {
        key: "service",
        products: &[("G5990", "冷链物流"), ("I6450", "数据中心"), ("L7222", "商务楼宇"), ("K7010", "安置房"), ("N7820", "绿地公园")],
        forms: &["项目", "园区", "中心"],
        procedure: Procedure::Filing,
        median_wan: 38_000.0,
        spread: 0.7,
        months: (20, 44),
        share: 10,
        land_mu: 48.0,
    },
];

pub fn kind(c: &mut Chance) -> &'static Kind {
    let mut roll = c.below(100) as u32;
    for k in KINDS {
        if roll < k.share {
            return k;
        }
        roll -= k.share;
    }
    &KINDS[0]
}

const ROOTS: &[&str] = &[
    "启衡", "澜拓", "景曜", "铭泽", "沐川", "宸远", "翎科", "朗域", "砺新", "合澄", "景澄", "拓维", "嘉砚", "安珩", "晟野", "泊远", "予光",
    "知微", "恒屿", "青禾",
];

/// A firm's name that no register holds.
pub fn firm(c: &mut Chance, town_root: &str, product: &str) -> String {
    format!("示例{}{}{}有限公司", town_root, c.pick(ROOTS), product)
}

pub fn project(c: &mut Chance, town_root: &str, kind: &Kind, product: &str) -> String {
    let phase = ["", "", "", "一期", "二期"];
    let form = c.pick(kind.forms);
    match kind.key {
        "road" | "school" => format!("{town_root}{}{product}{form}", c.pick(&["东", "西", "南", "北", "中心", "新区"])),
        _ => format!("{town_root}{}{product}{form}{}", c.pick(ROOTS), c.pick(&phase)),
    }
}

pub fn nature(c: &mut Chance, kind: &Kind) -> Nature {
    match kind.key {
        "renovation" => Nature::TechRenovation,
        "factory" if c.percent(22) => Nature::Expand,
        _ => Nature::New,
    }
}

pub fn holding(c: &mut Chance, kind: &Kind) -> Holding {
    match kind.procedure {
        Procedure::Approval => *c.pick(&[Holding::Public, Holding::State, Holding::State]),
        _ => *c.pick(&[
            Holding::Private,
            Holding::Private,
            Holding::Private,
            Holding::Private,
            Holding::Foreign,
            Holding::HongKongMacaoTaiwan,
            Holding::State,
        ]),
    }
}

pub fn scale(c: &mut Chance, kind: &Kind, product: &str) -> String {
    match kind.key {
        "road" => format!("建设{product},长{}.{}公里,含桥梁{}座及配套管线", c.between(1, 14), c.between(0, 9), c.between(0, 6)),
        "school" => format!("新建{product}一所,总建筑面积{}平方米", c.between(80, 520) * 100),
        "renovation" => format!("利用现有厂房改造{product},购置设备{}台(套)", c.between(12, 160)),
        _ => format!(
            "新建厂房及辅助用房{}平方米,购置设备{}台(套),形成年产{}万件{product}能力",
            c.between(90, 900) * 100,
            c.between(30, 420),
            c.between(5, 300)
        ),
    }
}
