/** What a CEP says about an address. */
export interface PostalPlace {
  readonly state: string;
  readonly city?: string;
  readonly neighborhood?: string;
  readonly street?: string;
}

/**
 * Ranges of the first five digits, as the Correios publish them (“Faixas de CEP”): all states, and the larger municipalities.
 * The states and most of the municipalities were compared, range by range, with a public copy of that list
 * (github.com/bahge/zipcodesearch, src/Constants/StatesData); it gives the whole range of a municipality, its rural districts
 * included. For a municipality that is missing here, the city has to be typed. Municipalities come before the states, so that
 * the first hit is the narrowest.
 */
const ranges = `
01000-05999 SP São Paulo
06000-06299 SP Osasco
06300-06399 SP Carapicuíba
06400-06499 SP Barueri
06500-06549 SP Santana de Parnaíba
06600-06649 SP Jandira
06650-06699 SP Itapevi
06700-06729 SP Cotia
06750-06799 SP Taboão da Serra
06800-06849 SP Embu das Artes
06850-06889 SP Itapecerica da Serra
07000-07399 SP Guarulhos
07400-07499 SP Arujá
07600-07699 SP Mairiporã
07700-07749 SP Caieiras
07750-07799 SP Cajamar
07800-07899 SP Franco da Rocha
07900-07999 SP Francisco Morato
08000-08499 SP São Paulo
08500-08549 SP Ferraz de Vasconcelos
08550-08569 SP Poá
08570-08599 SP Itaquaquecetuba
08600-08699 SP Suzano
08700-08899 SP Mogi das Cruzes
09000-09299 SP Santo André
09300-09399 SP Mauá
09400-09449 SP Ribeirão Pires
09500-09599 SP São Caetano do Sul
09600-09899 SP São Bernardo do Campo
09900-09999 SP Diadema
11000-11249 SP Santos
11250-11299 SP Bertioga
11300-11399 SP São Vicente
11400-11499 SP Guarujá
11500-11599 SP Cubatão
11660-11679 SP Caraguatatuba
11680-11699 SP Ubatuba
11700-11729 SP Praia Grande
11740-11749 SP Itanhaém
12000-12119 SP Taubaté
12200-12249 SP São José dos Campos
12300-12349 SP Jacareí
12400-12449 SP Pindamonhangaba
12500-12524 SP Guaratinguetá
12900-12929 SP Bragança Paulista
12940-12954 SP Atibaia
13000-13139 SP Campinas
13140-13149 SP Paulínia
13170-13182 SP Sumaré
13183-13189 SP Hortolândia
13200-13219 SP Jundiaí
13250-13259 SP Itatiba
13300-13314 SP Itu
13320-13329 SP Salto
13330-13349 SP Indaiatuba
13400-13439 SP Piracicaba
13450-13464 SP Santa Bárbara d’Oeste
13465-13479 SP Americana
13480-13489 SP Limeira
13500-13509 SP Rio Claro
13560-13579 SP São Carlos
13600-13609 SP Araras
13610-13624 SP Leme
13840-13856 SP Mogi Guaçu
14000-14114 SP Ribeirão Preto
14160-14179 SP Sertãozinho
14400-14414 SP Franca
14780-14789 SP Barretos
14800-14812 SP Araraquara
15000-15104 SP São José do Rio Preto
15800-15819 SP Catanduva
16000-16129 SP Araçatuba
16200-16209 SP Birigui
17000-17119 SP Bauru
17200-17229 SP Jaú
17500-17539 SP Marília
18000-18109 SP Sorocaba
18200-18219 SP Itapetininga
18270-18284 SP Tatuí
18600-18619 SP Botucatu
19000-19119 SP Presidente Prudente
19800-19819 SP Assis
19900-19919 SP Ourinhos
20000-23799 RJ Rio de Janeiro
23800-23859 RJ Itaguaí
23900-23969 RJ Angra dos Reis
24000-24399 RJ Niterói
24400-24799 RJ São Gonçalo
24800-24889 RJ Itaboraí
24900-24999 RJ Maricá
25000-25499 RJ Duque de Caxias
25500-25599 RJ São João de Meriti
25600-25779 RJ Petrópolis
25900-25939 RJ Magé
25950-25999 RJ Teresópolis
26000-26099 RJ Nova Iguaçu
26100-26199 RJ Belford Roxo
26200-26299 RJ Nova Iguaçu
26300-26399 RJ Queimados
26500-26549 RJ Nilópolis
26550-26599 RJ Mesquita
27200-27299 RJ Volta Redonda
27300-27399 RJ Barra Mansa
27500-27569 RJ Resende
27900-27997 RJ Macaé
28000-28179 RJ Campos dos Goytacazes
28600-28636 RJ Nova Friburgo
28890-28899 RJ Rio das Ostras
28900-28929 RJ Cabo Frio
29000-29099 ES Vitória
29100-29129 ES Vila Velha
29140-29159 ES Cariacica
29160-29184 ES Serra
29200-29229 ES Guarapari
29300-29329 ES Cachoeiro de Itapemirim
29700-29719 ES Colatina
29900-29919 ES Linhares
29930-29949 ES São Mateus
30000-31999 MG Belo Horizonte
32000-32399 MG Contagem
32600-32699 MG Betim
35160-35164 MG Ipatinga
35180-35184 MG Timóteo
35500-35516 MG Divinópolis
35700-35719 MG Sete Lagoas
36000-36107 MG Juiz de Fora
37000-37109 MG Varginha
38000-38107 MG Uberaba
38400-38439 MG Uberlândia
39400-39409 MG Montes Claros
39800-39809 MG Teófilo Otoni
40000-42599 BA Salvador
44000-44109 BA Feira de Santana
45000-45119 BA Vitória da Conquista
49000-49098 SE Aracaju
50000-52999 PE Recife
53000-53399 PE Olinda
53400-53449 PE Paulista
54000-54499 PE Jaboatão dos Guararapes
54500-54599 PE Cabo de Santo Agostinho
54750-54799 PE Camaragibe
55000-55119 PE Caruaru
55290-55304 PE Garanhuns
56300-56354 PE Petrolina
57000-57099 AL Maceió
58000-58099 PB João Pessoa
58100-58109 PB Cabedelo
58400-58449 PB Campina Grande
59000-59139 RN Natal
59600-59649 RN Mossoró
60000-61599 CE Fortaleza
61600-61699 CE Caucaia
61900-61939 CE Maracanaú
63000-63099 CE Juazeiro do Norte
63100-63139 CE Crato
64000-64099 PI Teresina
65000-65109 MA São Luís
65900-65919 MA Imperatriz
66000-66999 PA Belém
67000-67199 PA Ananindeua
68900-68914 AP Macapá
68925-68939 AP Santana
69000-69099 AM Manaus
69300-69339 RR Boa Vista
69900-69924 AC Rio Branco
70000-72799 DF Brasília
72910-72929 GO Águas Lindas de Goiás
73000-73699 DF Brasília
74000-74899 GO Goiânia
74900-74999 GO Aparecida de Goiânia
75000-75159 GO Anápolis
76800-76849 RO Porto Velho
76870-76879 RO Ariquemes
76900-76915 RO Ji-Paraná
77000-77249 TO Palmas
78000-78109 MT Cuiabá
78110-78169 MT Várzea Grande
79000-79129 MS Campo Grande
79300-79369 MS Corumbá
79600-79669 MS Três Lagoas
79800-79879 MS Dourados
80000-82999 PR Curitiba
83000-83189 PR São José dos Pinhais
83200-83254 PR Paranaguá
83400-83419 PR Colombo
84000-84099 PR Ponta Grossa
85000-85139 PR Guarapuava
85800-85820 PR Cascavel
85850-85874 PR Foz do Iguaçu
85900-85928 PR Toledo
86000-86124 PR Londrina
87000-87109 PR Maringá
87500-87524 PR Umuarama
88000-88099 SC Florianópolis
88100-88124 SC São José
88340-88349 SC Camboriú
88350-88359 SC Brusque
88700-88709 SC Tubarão
88800-88819 SC Criciúma
89000-89079 SC Blumenau
89080-89099 SC Indaial
89200-89239 SC Joinville
89800-89816 SC Chapecó
90000-91999 RS Porto Alegre
92000-92479 RS Canoas
93000-93179 RS São Leopoldo
93200-93249 RS Sapucaia do Sul
93300-93599 RS Novo Hamburgo
95000-95149 RS Caxias do Sul
96000-96147 RS Pelotas
96200-96224 RS Rio Grande
97000-97119 RS Santa Maria
97500-97537 RS Uruguaiana
99000-99139 RS Passo Fundo
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

/** State, and city if the table has it, of a CEP (8 digits, with or without hyphen); undefined outside all ranges. */
export function findPostalPlace(postalCode: string): PostalPlace | undefined {
  const digits = postalCode.replace(/\D/g, '');
  if (digits.length !== 8) return undefined;
  const prefix = Number(digits.slice(0, 5));
  const range = table.find(({ from, to }) => from <= prefix && prefix <= to);
  return range && { state: range.state, ...(range.city === undefined ? {} : { city: range.city }) };
}
