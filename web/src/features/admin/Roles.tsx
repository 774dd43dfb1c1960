/** What each role may do: a table, read across for a role and down for a right. */
import { RIGHTS, type Right, ROLES, type RoleKey } from '../../shared/api'
import { useWords } from '../../shared/words'

/** As the server has it (`UserRole::rights`); the server decides, this page only tells. */
const MAY: Record<RoleKey, readonly Right[]> = {
  clerk: ['read_projects', 'edit_projects', 'decide', 'import', 'export', 'share_views', 'manage_orgs'],
  director: ['read_projects', 'decide', 'export', 'share_views'],
  town: ['read_projects', 'edit_projects', 'export'],
  department: ['read_projects', 'edit_projects', 'export'],
  enterprise: ['read_projects'],
  system_admin: ['manage_orgs', 'manage_packs'],
  security_admin: ['manage_users'],
  audit_admin: ['read_projects', 'audit', 'export'],
}

export function Roles() {
  const { t } = useWords()
  return (
    <>
      <p className="admin-lead">{t('admin.roleSays')}</p>
      <div className="scroll-x">
        <table className="sheet-table admin-roles">
          <thead>
            <tr>
              <th scope="col">{t('admin.role')}</th>
              {RIGHTS.map((r) => (
                <th scope="col" key={r}>
                  {t(`right.${r}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {ROLES.map((role) => (
              <tr key={role}>
                <th scope="row">{t(`role.${role}`)}</th>
                {RIGHTS.map((right) => (
                  <td key={right}>
                    {MAY[role].includes(right) ? (
                      <>
                        <span aria-hidden="true">●</span>
                        <span className="hidden-visually">{t('admin.roleMay')}</span>
                      </>
                    ) : (
                      <>
                        <span aria-hidden="true" className="muted">
                          ·
                        </span>
                        <span className="hidden-visually">{t('admin.roleMayNot')}</span>
                      </>
                    )}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  )
}
