/**
 * Frequent Brazilian surnames: a name without one of them, or with another, can still be the same person's. Words that are also
 * given names, alone or after another (Félix, João Batista, Maria das Neves), are left out on purpose.
 */
const frequent = `
abreu aguiar alcantara alencar almeida alvarenga alves alvim amaral amorim andrade antunes aragao araujo arruda avila
azevedo bandeira barbosa barboza barcelos barreto barros barroso bastos bernardes bernardi bezerra bianchi bitencourt
bittencourt borba borges braga brandao brito bueno cabral caldas camara camargo campos cardoso carneiro carvalho
castro cavalcante cavalcanti cerqueira chaves coelho correa correia costa coutinho couto cunha damasceno dantas davila
dias diniz domingues dornelas dutra esteves faria farias fernandes ferrari ferraz ferreira figueira figueiredo fonseca
fontes fontoura fraga franca freire freitas furtado galvao gama garcia gimenes gomes goncalves gouveia guedes guerra
guimaraes gusmao henriques holanda lacerda lago leal leao leite leme lemos lima linhares lins lobato lobo lopes macedo
machado maciel magalhaes maia marinho marques martins matos mattos medeiros meira meireles mello melo mendes mendonca
meneses menezes mesquita miranda monteiro moraes morais moreira mota motta moura muller munhoz muniz nascimento
navarro nobrega nogueira novaes novais nunes oliveira ortega pacheco padilha paiva passos pecanha peixoto pereira
peres perez pessoa pimentel pinheiro pinho pinto pires pontes porto prado prates queiros queiroz quintana quintao
rabelo ramires ramos rangel rebelo rego reis resende rezende ribas ribeiro rios rocha rodrigues romero rossi russo sa
sales salgado salles sampaio sanches sanchez santana santos schmidt schneider seabra seixas sequeira serra serrano
silva silveira simoes siqueira soares sobral sousa souza tavares teixeira teles telles toledo torres uchoa valadares
vale valle vargas vasconcelos vaz veiga veloso viana vianna vieira vilela villela weber xavier ximenes zanetti zanini`;

export const frequentSurnames = frequent.trim().split(/\s+/);
