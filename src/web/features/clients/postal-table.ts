/** What a CEP says about an address. */
export interface PostalPlace {
  readonly state: string;
  readonly city?: string;
  readonly neighborhood?: string;
  readonly street?: string;
}

/**
 * First five digits, from–to, as the Correios publish the ranges of states and of municipalities
 * (“Faixas de CEP”): all states, and the municipalities large enough to have a range of their own by street.
 * A municipality comes before its state, so that the first hit is the narrowest.
 */
const ranges = `
01000-05999 SP São Paulo
06000-06299 SP Osasco
06400-06499 SP Barueri
06500-06549 SP Santana de Parnaíba
06600-06649 SP Jandira
06700-06729 SP Cotia
06750-06799 SP Taboão da Serra
06800-06849 SP Embu das Artes
07000-07399 SP Guarulhos
08000-08499 SP São Paulo
08500-08549 SP Ferraz de Vasconcelos
08550-08569 SP Poá
08570-08599 SP Itaquaquecetuba
08600-08699 SP Suzano
08700-08899 SP Mogi das Cruzes
09000-09299 SP Santo André
09300-09399 SP Mauá
09500-09599 SP São Caetano do Sul
09600-09899 SP São Bernardo do Campo
09900-09999 SP Diadema
11000-11099 SP Santos
11300-11399 SP São Vicente
11400-11499 SP Guarujá
11700-11729 SP Praia Grande
12000-12119 SP Taubaté
12200-12249 SP São José dos Campos
13000-13139 SP Campinas
13200-13219 SP Jundiaí
13400-13439 SP Piracicaba
13480-13489 SP Limeira
13560-13577 SP São Carlos
14000-14114 SP Ribeirão Preto
14400-14414 SP Franca
15000-15104 SP São José do Rio Preto
16000-16129 SP Araçatuba
17000-17109 SP Bauru
17500-17539 SP Marília
18000-18109 SP Sorocaba
19000-19119 SP Presidente Prudente
20000-23799 RJ Rio de Janeiro
24000-24399 RJ Niterói
24400-24799 RJ São Gonçalo
25000-25499 RJ Duque de Caxias
25500-25599 RJ São João de Meriti
25600-25779 RJ Petrópolis
26000-26099 RJ Nova Iguaçu
26200-26299 RJ Nova Iguaçu
27200-27299 RJ Volta Redonda
28000-28149 RJ Campos dos Goytacazes
29000-29099 ES Vitória
29100-29129 ES Vila Velha
29140-29159 ES Cariacica
29160-29184 ES Serra
30000-31999 MG Belo Horizonte
32000-32399 MG Contagem
32600-32699 MG Betim
35160-35164 MG Ipatinga
36000-36107 MG Juiz de Fora
38000-38109 MG Uberaba
38400-38415 MG Uberlândia
39400-39409 MG Montes Claros
40000-42599 BA Salvador
44000-44109 BA Feira de Santana
45000-45119 BA Vitória da Conquista
49000-49098 SE Aracaju
50000-52999 PE Recife
53000-53399 PE Olinda
53400-53449 PE Paulista
54000-54499 PE Jaboatão dos Guararapes
55000-55099 PE Caruaru
56300-56354 PE Petrolina
57000-57099 AL Maceió
58000-58099 PB João Pessoa
58400-58449 PB Campina Grande
59000-59139 RN Natal
59600-59649 RN Mossoró
60000-61599 CE Fortaleza
61600-61699 CE Caucaia
64000-64099 PI Teresina
65000-65109 MA São Luís
65900-65919 MA Imperatriz
66000-66999 PA Belém
67000-67199 PA Ananindeua
68900-68911 AP Macapá
69000-69099 AM Manaus
69300-69339 RR Boa Vista
69900-69923 AC Rio Branco
70000-72799 DF Brasília
73000-73699 DF Brasília
74000-74899 GO Goiânia
74900-74999 GO Aparecida de Goiânia
75000-75149 GO Anápolis
76800-76834 RO Porto Velho
77000-77249 TO Palmas
78000-78099 MT Cuiabá
78110-78169 MT Várzea Grande
79000-79129 MS Campo Grande
79800-79849 MS Dourados
80000-82999 PR Curitiba
83000-83149 PR São José dos Pinhais
84000-84099 PR Ponta Grossa
85800-85820 PR Cascavel
85850-85872 PR Foz do Iguaçu
86000-86099 PR Londrina
87000-87099 PR Maringá
88000-88099 SC Florianópolis
88100-88123 SC São José
89000-89099 SC Blumenau
89200-89239 SC Joinville
89800-89816 SC Chapecó
90000-91999 RS Porto Alegre
92000-92449 RS Canoas
93000-93179 RS São Leopoldo
93300-93599 RS Novo Hamburgo
95000-95124 RS Caxias do Sul
96000-96099 RS Pelotas
97000-97119 RS Santa Maria
99000-99099 RS Passo Fundo
01000-19999 SP
20000-28999 RJ
29000-29999 ES
30000-39999 MG
40000-48999 BA
49000-49999 SE
50000-56999 PE
57000-57999 AL
58000-58999 PB
59000-59999 RN
60000-63999 CE
64000-64999 PI
65000-65999 MA
66000-68899 PA
68900-68999 AP
69000-69299 AM
69300-69399 RR
69400-69899 AM
69900-69999 AC
72800-72999 GO
73700-76799 GO
76800-76999 RO
77000-77999 TO
78000-78899 MT
79000-79999 MS
80000-87999 PR
88000-89999 SC
90000-99999 RS
`;

interface PostalRange extends PostalPlace {
  readonly from: number;
  readonly to: number;
}

const table: readonly PostalRange[] = ranges
  .trim()
  .split('\n')
  .map((line) => {
    const [span = '', state = '', ...words] = line.split(' ');
    const [from = '', to = ''] = span.split('-');
    return { from: Number(from), to: Number(to), state, ...(words.length > 0 ? { city: words.join(' ') } : {}) };
  });

/** State, and city where the table knows it, of a CEP (8 digits, hyphen or not); undefined for no such range. */
export function findPostalPlace(postalCode: string): PostalPlace | undefined {
  const digits = postalCode.replace(/\D/g, '');
  if (digits.length !== 8) return undefined;
  const prefix = Number(digits.slice(0, 5));
  const range = table.find(({ from, to }) => from <= prefix && prefix <= to);
  return range && { state: range.state, ...(range.city === undefined ? {} : { city: range.city }) };
}
