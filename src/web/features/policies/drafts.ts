import type { PolicyKind } from '../../../shared/contracts/policies.ts';

/** Where a clinic may start from. Nothing is published until the clinic has read, changed and saved it. */
export const policyDrafts: Readonly<Record<PolicyKind, string>> = {
  privacy: `# Que dados guardamos
- Cadastro: nome, documentos, contato, endereço, convênio e, para menores, o responsável.
- Agenda: horários, confirmações e faltas.
- Saúde: o que é anotado nos atendimentos, acessível só a quem cuida de você.

# Para que usamos
- Cuidar de você com segurança (LGPD, art. 11, II, f).
- Cumprir a lei, como a guarda do prontuário (Lei 13.787/2018).
- Falar com você sobre seus horários. Mensagens e imagens dependem da sua autorização, que pode ser retirada a qualquer momento.

# Com quem compartilhamos
Não vendemos dados. Compartilhamos apenas o necessário com quem nos presta serviços, como a hospedagem deste sistema, com laboratórios e convênios quando o seu atendimento pede, e com autoridades quando a lei obriga.

# Por quanto tempo
O prontuário fica guardado por pelo menos 20 anos depois do último registro. Outros dados são apagados ou tornados anônimos quando deixam de ser necessários.

# Como protegemos
Cada pessoa da equipe tem acesso próprio, cada acesso fica registrado, os dados são cifrados no caminho e têm cópias de segurança.

# Seus direitos
Você pode pedir confirmação, acesso, cópia, correção, portabilidade, informação sobre quem recebeu seus dados, e a eliminação do que a lei não manda guardar (LGPD, art. 18). Fale com o encarregado indicado nesta página. Se não resolver, procure a Autoridade Nacional de Proteção de Dados (ANPD).

# Cookies
Este sistema usa apenas o necessário para manter a sessão de quem trabalha na clínica. Não há publicidade nem rastreamento.`,
  terms: `# Confirmação de horários
O link que você recebe vale para um atendimento. Com ele você confirma, pede para cancelar ou pede outro horário. Quem tem o link vê seu primeiro nome, o horário e o nome da clínica: não o repasse.

# Cancelamentos e faltas
Avise com antecedência quando não puder vir, para que outra pessoa possa ser atendida. As regras combinadas no seu tratamento continuam valendo.

# Emergências
Este sistema não é um canal de emergência. Em caso de urgência, ligue 192 (SAMU) ou procure um pronto-socorro.

# Mudanças
Estes termos podem mudar. As versões anteriores ficam guardadas, e a data da versão atual está nesta página.`,
};
