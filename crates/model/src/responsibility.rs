//! Who answers for a project, in which role, from when to when.
use crate::id::{OrgId, PersonId};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub enum Role {
    /// 挂钩领导
    SponsorLeader,
    /// 牵头部门, 责任单位
    LeadDept,
    /// 属地
    HostPlace,
    /// 专班
    TaskForce,
    /// 服务专员, 代办员
    ServiceOfficer,
    /// 项目警长
    PoliceLiaison,
    /// 项目单位联系人
    OwnerContact,
    Supervisor,
}

impl Role {
    pub const ALL: [Self; 8] = [
        Self::SponsorLeader,
        Self::LeadDept,
        Self::HostPlace,
        Self::TaskForce,
        Self::ServiceOfficer,
        Self::PoliceLiaison,
        Self::OwnerContact,
        Self::Supervisor,
    ];
    pub fn key(self) -> &'static str {
        match self {
            Self::SponsorLeader => "sponsor_leader",
            Self::LeadDept => "lead_dept",
            Self::HostPlace => "host_place",
            Self::TaskForce => "task_force",
            Self::ServiceOfficer => "service_officer",
            Self::PoliceLiaison => "police_liaison",
            Self::OwnerContact => "owner_contact",
            Self::Supervisor => "supervisor",
        }
    }
    pub fn parse(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|r| r.key() == key)
    }
}

/// A dated duty. At least one of `person`, `org` is set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Responsibility {
    pub role: Role,
    pub person: Option<PersonId>,
    pub org: Option<OrgId>,
    /// `None`: since before records began.
    pub from: Option<Date>,
    /// The last day, when it has ended.
    pub to: Option<Date>,
}

impl Responsibility {
    pub fn holds_on(&self, day: Date) -> bool {
        self.from.is_none_or(|f| f <= day) && self.to.is_none_or(|t| day <= t)
    }
}
