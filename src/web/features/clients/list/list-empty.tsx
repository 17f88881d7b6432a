import { Trans, useLingui } from '@lingui/react/macro';
import { IconSearch, IconUsers } from '@tabler/icons-react';
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
        <Trans>Confira a grafia, ou busque por parte do nome, telefone, CPF ou e-mail.</Trans>
      )}
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
