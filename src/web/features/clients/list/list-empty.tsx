import { Trans, useLingui } from '@lingui/react/macro';
import { IconCloudOff, IconSearch, IconUsers } from '@tabler/icons-react';
import { useIsAway } from '../../../lib/connection.ts';
import { Button, ButtonLink } from '../../../ui/button.tsx';
import { EmptyState } from '../../../ui/states.tsx';
import { countFilters, type ListFilters } from './list-filters.ts';

interface NoClientsProps {
  readonly filters: ListFilters;
  readonly onChange: (filters: ListFilters) => void;
}

/** Shown when the clinic has no clients, or when none match: says what to do next. */
export function NoClients({ filters, onChange }: NoClientsProps) {
  const { t } = useLingui();
  const { q } = filters;
  const isFiltered = countFilters(filters) > 0;
  const isAway = useIsAway();
  if (isAway) return <UnknownWithoutConnection filters={filters} onChange={onChange} />;
  if (q === undefined && !isFiltered) return <FirstClient />;
  return (
    <EmptyState
      tone="neutral"
      icon={<IconSearch />}
      title={q === undefined ? t`Nenhum cliente com estes filtros` : t`Nenhum cliente com “${q}”`}
      actions={
        <>
          {q !== undefined && (
            <ButtonLink to="/clientes/novo" search={{ nome: q }} variant="primary">
              <Trans>Cadastrar “{q}”</Trans>
            </ButtonLink>
          )}
          <Button
            onClick={() => {
              onChange(isFiltered && q !== undefined ? { q } : {});
            }}
          >
            {isFiltered ? <Trans>Tirar os filtros</Trans> : <Trans>Ver todos os clientes</Trans>}
          </Button>
        </>
      }
    >
      {isFiltered ? (
        <Trans>Há filtros em uso: talvez a pessoa esteja fora deles.</Trans>
      ) : (
        <Trans>Confira a grafia, ou busque por parte do nome, telefone, CPF, e-mail, nascimento ou cidade.</Trans>
      )}
    </EmptyState>
  );
}

/** Without a connection only what was seen can be searched: nobody is offered to be registered a second time. */
function UnknownWithoutConnection({ filters: { q }, onChange }: NoClientsProps) {
  const { t } = useLingui();
  return (
    <EmptyState
      tone="neutral"
      icon={<IconCloudOff />}
      title={q === undefined ? t`Sem conexão` : t`Sem conexão para buscar “${q}”`}
      actions={
        <Button
          onClick={() => {
            onChange({});
          }}
        >
          <Trans>Ver os clientes já vistos</Trans>
        </Button>
      }
    >
      <Trans>
        Entre os clientes vistos nesta sessão não há ninguém assim, mas a clínica pode ter. Busque de novo quando a
        internet voltar.
      </Trans>
    </EmptyState>
  );
}

function FirstClient() {
  const { t } = useLingui();
  return (
    <EmptyState
      icon={<IconUsers />}
      title={t`Aqui ficam os seus clientes`}
      actions={
        <ButtonLink to="/clientes/novo" variant="primary">
          <Trans>Cadastrar o primeiro cliente</Trans>
        </ButtonLink>
      }
    >
      <Trans>Nome e telefone bastam para começar; o resto pode vir depois.</Trans>
    </EmptyState>
  );
}
