import { useLingui } from '@lingui/react/macro';

/** The zones of Brazil by what people call them; another one that the clinic has stays in the list. */
export function useZoneNames(current: string): readonly { readonly zone: string; readonly name: string }[] {
  const { t } = useLingui();
  const zones = [
    { zone: 'America/Sao_Paulo', name: t`Brasília` },
    { zone: 'America/Bahia', name: t`Bahia` },
    { zone: 'America/Fortaleza', name: t`Nordeste (Fortaleza)` },
    { zone: 'America/Recife', name: t`Pernambuco` },
    { zone: 'America/Maceio', name: t`Alagoas e Sergipe` },
    { zone: 'America/Belem', name: t`Pará leste e Amapá` },
    { zone: 'America/Araguaina', name: t`Tocantins` },
    { zone: 'America/Campo_Grande', name: t`Mato Grosso do Sul` },
    { zone: 'America/Cuiaba', name: t`Mato Grosso` },
    { zone: 'America/Manaus', name: t`Amazonas` },
    { zone: 'America/Porto_Velho', name: t`Rondônia` },
    { zone: 'America/Boa_Vista', name: t`Roraima` },
    { zone: 'America/Santarem', name: t`Pará oeste` },
    { zone: 'America/Eirunepe', name: t`Amazonas oeste` },
    { zone: 'America/Rio_Branco', name: t`Acre` },
    { zone: 'America/Noronha', name: t`Fernando de Noronha` },
  ];
  return zones.some(({ zone }) => zone === current) ? zones : [...zones, { zone: current, name: current }];
}
