import type { ConsentPurpose } from '../../../shared/contracts/consents.ts';

interface Draft {
  readonly title: string;
  readonly body: string;
}

/**
 * Where a clinic may start from. Drafts in the language in which clients sign, to be read and changed; nobody is given one until
 * the clinic has saved it.
 */
export const consentDrafts: Readonly<Record<ConsentPurpose, Draft>> = {
  treatment: {
    title: 'Atendimento e dados de saúde',
    body: `# O que a clínica faz com meus dados
A clínica guarda meu cadastro, minha agenda e o que for anotado nos atendimentos, para cuidar de mim com segurança.

- Só a equipe que precisa deles tem acesso, e cada acesso fica registrado.
- O prontuário é guardado por pelo menos 20 anos, como manda a Lei 13.787/2018.
- Posso pedir cópia dos meus dados, corrigir o que estiver errado e perguntar quem os viu.

# O que eu declaro
Recebi explicações sobre o atendimento proposto, seus benefícios, riscos e alternativas, pude fazer perguntas e concordo em ser atendido. Posso mudar de ideia a qualquer momento, sem que isso prejudique o que já foi feito.`,
  },
  images: {
    title: 'Uso de imagem',
    body: `# O que eu autorizo
Autorizo a clínica a fotografar ou filmar a região em tratamento, para acompanhar minha evolução no prontuário.

# O que não está incluído
- Nenhuma imagem será publicada, em redes sociais ou em qualquer outro lugar, sem outra autorização minha, escrita e específica.
- Meu rosto e meu nome não aparecem quando não forem necessários ao atendimento.

Posso retirar esta autorização a qualquer momento. As imagens que já fazem parte do prontuário continuam guardadas pelo prazo da lei.`,
  },
  messages: {
    title: 'Mensagens',
    body: `# O que eu autorizo
Autorizo a clínica a me enviar mensagens por telefone, WhatsApp e e-mail sobre meus horários: lembretes, confirmações, mudanças e vagas.

- As mensagens não trazem o motivo do atendimento nem outros dados de saúde.
- Propaganda não está incluída.

Posso retirar esta autorização a qualquer momento, avisando a clínica.`,
  },
  other: { title: '', body: '' },
};
