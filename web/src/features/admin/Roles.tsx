/** What each role may do: a table, read across for a role and down for a right. */
import { RIGHTS, ROLES } from '../../shared/api'
import { useWords } from '../../shared/words'
import { MAY } from './rights'

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
