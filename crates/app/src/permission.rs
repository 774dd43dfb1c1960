//! Who may do what. A role gives rights; the [`Scope`](lantu_model::Scope) says over which projects.
use serde::{Deserialize, Serialize};

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum UserRole {
    /// 项目科
    Clerk,
    Director,
    /// 属地
    Town,
    Department,
    Enterprise,
    SystemAdmin,
    SecurityAdmin,
    AuditAdmin,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Right {
    ReadProjects,
    /// Plain facts, formalities and reported figures of projects in scope.
    EditProjects,
    /// Stage, status, name, owner, split, merger, lists, duties: recorded decisions.
    Decide,
    Import,
    Export,
    ShareViews,
    ManageOrgs,
    ManageUsers,
    ManagePacks,
    /// The whole journal and the check of the books.
    Audit,
}

impl UserRole {
    pub const ALL: [Self; 8] = [
        Self::Clerk,
        Self::Director,
        Self::Town,
        Self::Department,
        Self::Enterprise,
        Self::SystemAdmin,
        Self::SecurityAdmin,
        Self::AuditAdmin,
    ];

    pub fn key(self) -> &'static str {
        match self {
            Self::Clerk => "clerk",
            Self::Director => "director",
            Self::Town => "town",
            Self::Department => "department",
            Self::Enterprise => "enterprise",
            Self::SystemAdmin => "system_admin",
            Self::SecurityAdmin => "security_admin",
            Self::AuditAdmin => "audit_admin",
        }
    }

    /// The three administrators keep apart from the business and from one another.
    pub fn rights(self) -> &'static [Right] {
        use Right::*;
        match self {
            Self::Clerk => &[ReadProjects, EditProjects, Decide, Import, Export, ShareViews, ManageOrgs],
            Self::Director => &[ReadProjects, Decide, Export, ShareViews],
            Self::Town | Self::Department => &[ReadProjects, EditProjects, Export],
            Self::Enterprise => &[ReadProjects],
            Self::SystemAdmin => &[ManageOrgs, ManagePacks],
            Self::SecurityAdmin => &[ManageUsers],
            Self::AuditAdmin => &[ReadProjects, Audit, Export],
        }
    }

    pub fn may(self, right: Right) -> bool {
        self.rights().contains(&right)
    }

    /// Roles that make no sense without a limit to their scope.
    pub fn needs_scope(self) -> bool {
        matches!(self, Self::Town | Self::Department | Self::Enterprise)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_three_administrators_are_separate() {
        let admins = [UserRole::SystemAdmin, UserRole::SecurityAdmin, UserRole::AuditAdmin];
        for right in [Right::ManageUsers, Right::ManagePacks, Right::Audit] {
            assert_eq!(UserRole::ALL.iter().filter(|r| r.may(right)).count(), 1, "{right:?}");
        }
        assert!(admins.iter().all(|r| !r.may(Right::EditProjects) && !r.may(Right::Decide) && !r.may(Right::Import)));
    }
}
