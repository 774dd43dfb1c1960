/** /projects/:id */
import { PageHead } from '../../shared/shell'
import { OneProject } from './page/OneProject'
import { useWords } from './words'

export function ProjectPage() {
  const { t } = useWords()
  return (
    <>
      <PageHead title={t('page.project')} scope={['as_of']} />
      <OneProject />
    </>
  )
}
