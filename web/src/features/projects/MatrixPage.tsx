/** /projects/matrix */
import { PageHead } from '../../shared/shell'
import { Matrix } from './matrix/Matrix'
import { useWords } from './words'

export function MatrixPage() {
  const { t } = useWords()
  return (
    <>
      <PageHead title={t('matrix.title')} scope={['division', 'as_of', 'list']} />
      <Matrix />
    </>
  )
}
