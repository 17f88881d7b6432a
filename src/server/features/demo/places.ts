export interface Place {
  readonly city: string;
  readonly state: string;
  readonly areaCode: number;
  /** The lowest and highest first five digits of the city's postal codes. */
  readonly postalCodes: readonly [number, number];
  readonly neighborhoods: readonly string[];
}

/** Where most clients live: the clinic is in Campinas. */
export const nearby: readonly Place[] = [
  {
    city: 'Campinas',
    state: 'SP',
    areaCode: 19,
    postalCodes: [13_010, 13_098],
    neighborhoods: ['Cambuí', 'Taquaral', 'Barão Geraldo', 'Guanabara', 'Jardim Proença', 'Sousas', 'Ponte Preta'],
  },
  {
    city: 'Valinhos',
    state: 'SP',
    areaCode: 19,
    postalCodes: [13_270, 13_279],
    neighborhoods: ['Vila Santana', 'Jardim Paraíso', 'Castelo'],
  },
  {
    city: 'Indaiatuba',
    state: 'SP',
    areaCode: 19,
    postalCodes: [13_330, 13_349],
    neighborhoods: ['Cidade Nova', 'Vila Suíça', 'Jardim Esplanada'],
  },
  {
    city: 'Jundiaí',
    state: 'SP',
    areaCode: 11,
    postalCodes: [13_201, 13_219],
    neighborhoods: ['Anhangabaú', 'Vila Arens', 'Jardim Ana Maria'],
  },
  {
    city: 'São Paulo',
    state: 'SP',
    areaCode: 11,
    postalCodes: [1_000, 5_899],
    neighborhoods: ['Pinheiros', 'Mooca', 'Tatuapé', 'Vila Mariana', 'Santana', 'Butantã'],
  },
];

/** Where the other clients live. */
export const faraway: readonly Place[] = [
  {
    city: 'Ribeirão Preto',
    state: 'SP',
    areaCode: 16,
    postalCodes: [14_010, 14_109],
    neighborhoods: ['Jardim Sumaré', 'Campos Elíseos'],
  },
  {
    city: 'Rio de Janeiro',
    state: 'RJ',
    areaCode: 21,
    postalCodes: [20_010, 22_799],
    neighborhoods: ['Tijuca', 'Botafogo', 'Méier'],
  },
  {
    city: 'Belo Horizonte',
    state: 'MG',
    areaCode: 31,
    postalCodes: [30_110, 31_999],
    neighborhoods: ['Savassi', 'Santa Tereza'],
  },
  {
    city: 'Poços de Caldas',
    state: 'MG',
    areaCode: 35,
    postalCodes: [37_701, 37_719],
    neighborhoods: ['Jardim Quisisana', 'São João'],
  },
  {
    city: 'Curitiba',
    state: 'PR',
    areaCode: 41,
    postalCodes: [80_010, 82_999],
    neighborhoods: ['Água Verde', 'Batel'],
  },
  {
    city: 'Florianópolis',
    state: 'SC',
    areaCode: 48,
    postalCodes: [88_010, 88_068],
    neighborhoods: ['Trindade', 'Estreito'],
  },
  {
    city: 'Porto Alegre',
    state: 'RS',
    areaCode: 51,
    postalCodes: [90_010, 91_919],
    neighborhoods: ['Cidade Baixa', 'Menino Deus'],
  },
  {
    city: 'Brasília',
    state: 'DF',
    areaCode: 61,
    postalCodes: [70_002, 70_999],
    neighborhoods: ['Asa Norte', 'Asa Sul'],
  },
  {
    city: 'Goiânia',
    state: 'GO',
    areaCode: 62,
    postalCodes: [74_003, 74_894],
    neighborhoods: ['Setor Bueno', 'Setor Marista'],
  },
  { city: 'Salvador', state: 'BA', areaCode: 71, postalCodes: [40_010, 41_999], neighborhoods: ['Pituba', 'Barra'] },
  {
    city: 'Recife',
    state: 'PE',
    areaCode: 81,
    postalCodes: [50_010, 52_999],
    neighborhoods: ['Boa Viagem', 'Graças'],
  },
  {
    city: 'Fortaleza',
    state: 'CE',
    areaCode: 85,
    postalCodes: [60_010, 61_599],
    neighborhoods: ['Aldeota', 'Meireles'],
  },
  {
    city: 'Belém',
    state: 'PA',
    areaCode: 91,
    postalCodes: [66_010, 66_999],
    neighborhoods: ['Nazaré', 'Batista Campos'],
  },
];

export const streets: readonly string[] = [
  'Rua das Acácias',
  'Rua Sete de Setembro',
  'Avenida Brasil',
  'Rua Doutor Quirino',
  'Rua São João',
  'Avenida das Amoreiras',
  'Rua Padre Anchieta',
  'Travessa do Comércio',
  'Rua Conceição',
  'Alameda dos Ipês',
  'Rua Vinte e Cinco de Março',
  'Avenida Getúlio Vargas',
  "Rua Olho d'Água",
  'Rua Machado de Assis',
];

export const complements: readonly string[] = ['Apto 12', 'Apto 74', 'Bloco B, apto 33', 'Casa 2', 'Fundos', 'Sobrado'];
