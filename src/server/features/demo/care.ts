/** Clinical notes of a podiatry clinic, with matching tags. */
export const notes: readonly { readonly text: string; readonly tags: readonly string[] }[] = [
  {
    text: 'Onicocriptose no hálux direito, bordo lateral. Espiculotomia sem intercorrências.\nOrientado corte reto e calçado de bico largo. Retorno em 21 dias.',
    tags: ['unha encravada', 'retorno'],
  },
  {
    text: 'Diabetes tipo 2 há 12 anos. Sensibilidade ao monofilamento de 10 g diminuída nos dois pés, pulsos palpáveis.\nHidratar todos os dias, não andar descalço. Avaliar a cada dois meses.',
    tags: ['diabetes', 'pé de risco'],
  },
  {
    text: 'Onicomicose em três unhas do pé esquerdo. Desbaste e laser, 2ª sessão de 8. Foto arquivada.',
    tags: ['onicomicose', 'laser'],
  },
  {
    text: 'Calosidade plantar sob a cabeça do 2º metatarso. Desbaste e alívio com feltro. Indicada palmilha.',
    tags: ['calosidade', 'palmilha'],
  },
  {
    text: 'Fascite plantar à esquerda, dor ao primeiro passo. Alongamentos ensinados e palmilha em uso há um mês: melhorou.',
    tags: ['palmilha', 'atleta'],
  },
  {
    text: 'Verruga plantar no calcâneo direito, 3ª aplicação. Sem dor. Reavaliar em 15 dias.',
    tags: ['verruga', 'retorno'],
  },
  {
    text: 'Órtese ungueal de fibra colocada nos dois háluces. Troca em 45 dias. Tem alergia a esparadrapo.',
    tags: ['órtese', 'alergia'],
  },
  { text: 'Podoprofilaxia mensal. Prefere o primeiro horário da manhã.', tags: ['manutenção'] },
  {
    text: 'Gestante de 30 semanas, edema discreto. Podoprofilaxia na posição sentada.',
    tags: ['gestante', 'manutenção'],
  },
  {
    text: 'Usa anticoagulante: cuidado com instrumentos cortantes, hemostasia à mão.',
    tags: ['anticoagulante', 'pé de risco'],
  },
  { text: 'Fissuras nos calcanhares. Desbaste e creme com ureia a 20%, uma vez ao dia.', tags: ['fissuras'] },
];

export const childrensNotes: readonly { readonly text: string; readonly tags: readonly string[] }[] = [
  {
    text: 'Verruga plantar no pé direito depois da natação. Atendimento com a responsável na sala.',
    tags: ['verruga', 'criança'],
  },
  { text: 'Pé plano flexível. Acompanhar a pisada a cada seis meses.', tags: ['criança', 'palmilha'] },
];

/** Invented, so that the demo names no real company. */
export const insurancePlans: readonly string[] = [
  'Saúde Exemplo',
  'Vida Boa Essencial',
  'Vida Boa Família',
  'Bem-Estar Sênior',
];

export const referrals: readonly string[] = [
  'Indicação de cliente',
  'Instagram',
  'Passou em frente',
  'Indicação médica',
];
