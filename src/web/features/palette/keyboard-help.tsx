import styles from './keyboard-help.module.css';
import { Trans, useLingui } from '@lingui/react/macro';
import { useAppearance } from '../../lib/appearance.ts';
import { Dialog } from '../../ui/dialog.tsx';

const isApple = (): boolean => /Mac|iPhone|iPad/.test(navigator.userAgent);

/** The keys that do something, and where. */
export function KeyboardHelp({ onClose }: { readonly onClose: () => void }) {
  const { t } = useLingui();
  const { singleKeyShortcuts } = useAppearance();
  const everywhere: readonly (readonly [string, string])[] = [
    [isApple() ? '⌘ K' : 'Ctrl K', t`Buscar ou ir para`],
    ['Esc', t`Fechar o que está aberto`],
    ['?', t`Mostrar estes atalhos`],
  ];
  const inList: readonly (readonly [string, string])[] = [
    ['/', t`Ir para a busca`],
    ['n', t`Novo cliente`],
    ['↑ ↓', t`Andar pelos clientes`],
    ['Home, End', t`Primeiro e último cliente`],
    ['Enter', t`Abrir o cadastro`],
    ['j k', t`Cadastro seguinte, anterior`],
    ['x', t`Selecionar o cliente; com Shift, até ele`],
    [isApple() ? '⌘ A' : 'Ctrl A', t`Selecionar todos da tela`],
  ];
  return (
    <Dialog label={t`Atalhos do teclado`} onClose={onClose}>
      <Keys title={t`Em toda parte`} keys={everywhere} />
      <Keys title={t`Na lista de clientes`} keys={inList} />
      {!singleKeyShortcuts && (
        <p className={styles['keys-note']}>
          <Trans>Os atalhos de uma tecla só estão desligados nas configurações.</Trans>
        </p>
      )}
    </Dialog>
  );
}

interface KeysProps {
  readonly title: string;
  readonly keys: readonly (readonly [key: string, does: string])[];
}

const Keys = ({ title, keys }: KeysProps) => (
  <section className={styles['keys']}>
    <h3>{title}</h3>
    <dl>
      {keys.map(([key, does]) => (
        <div key={key}>
          <dt>
            <kbd>{key}</kbd>
          </dt>
          <dd>{does}</dd>
        </div>
      ))}
    </dl>
  </section>
);
