import { useLingui } from '@lingui/react/macro';
import { may } from '../../../../shared/permissions.ts';
import { useMe } from '../../../lib/me.ts';
import { Page } from '../../../ui/page.tsx';
import { ImportHistory } from './import-history.tsx';
import { NoAccess } from '../no-access.tsx';
import { StartStep } from './start-step.tsx';
import { Steps } from '../steps.tsx';

/** Starts an import with a file, and lists earlier imports. */
export function ImportsPage() {
  return may(useMe(), 'imports.run') ? <Start /> : <NoAccess />;
}

function Start() {
  const { t } = useLingui();
  return (
    <Page title={t`Importar clientes`} width="text">
      <Steps at="file" />
      <StartStep />
      <ImportHistory />
    </Page>
  );
}
