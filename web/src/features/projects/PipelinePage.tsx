/** /projects */
import { PageHead } from '../../shared/shell'
import { Pipeline } from './pipeline/Pipeline'
import { useWords } from './words'

export function PipelinePage() {
  const { t } = useWords()
  return (
    <>
      <PageHead title={t('page.projects')} scope={['division', 'as_of', 'list']} />
      <Pipeline />
    </>
  )
}
