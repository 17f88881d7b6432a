/** The texts of `--help` in Portuguese, by the English ones that stand at the commands. portuguese-help.test.ts misses none. */
export const helpTexts: Readonly<Record<string, string>> = {
  'Usage:': 'Uso:',
  'Options:': 'Opções:',
  'Commands:': 'Comandos:',
  'Arguments:': 'Argumentos:',
  'display help for command': 'mostra esta ajuda',

  "The operator's commands of Acolhe. They read the same environment as the server.":
    'Os comandos de quem opera o Acolhe. Leem as mesmas variáveis de ambiente que o servidor.',
  'the version of this release': 'a versão instalada',
  'the result as JSON': 'o resultado em JSON',
  'the results as JSON': 'os resultados em JSON',
  'which clinic; not needed when there is one': 'qual clínica; dispensável quando há uma só',
  'sign-in address': 'e-mail com que a pessoa entra',
  'made from the address when left out': 'tirado do e-mail quando não é dado',

  'serve the API and the built web app, until SIGTERM or SIGINT':
    'serve a API e o aplicativo construído, até SIGTERM ou SIGINT',
  'processes that serve on the same port (default: one per core, four at most, fewer where memory or DB_POOL_MAX is short)':
    'processos que servem na mesma porta (padrão: um por núcleo, no máximo quatro, menos onde falta memória ou DB_POOL_MAX)',
  '\nMigrations are not applied: run `acolhe migrate` before. Only the embedded database, which is nobody else’s, is\nmigrated at start.':
    '\nNão aplica migrações: antes, rode `acolhe migrate`. Só o banco embutido, que não é de mais ninguém, é migrado\nao iniciar.',

  'look at the configuration, the database, its schema, the mail server and the machine; exit 1 when something is wrong':
    'confere a configuração, o banco, seu esquema, o servidor de e-mail e a máquina; sai com 1 se algo está errado',
  'also look for settings that are unsafe in production, and at the sender’s DNS records':
    'confere também o que é inseguro em produção e os registros DNS do remetente',
  'the least severity that makes the exit code 1': 'a menor gravidade que faz sair com 1',
  'also send a mail there': 'manda também um e-mail para lá',

  'apply pending migrations and changed functions, all or none; servers that start at once apply them once':
    'aplica as migrações pendentes e as funções alteradas, todas ou nenhuma; servidores que iniciam juntos as aplicam uma vez',
  'apply nothing; exit 1 when something is pending, or rights, role or objects are missing':
    'não aplica nada; sai com 1 se algo está pendente ou se faltam direitos, papel ou objetos',
  'apply nothing; tell what would be applied': 'não aplica nada; diz o que aplicaria',

  'compare the schema with the types that the code compiles against, and SQL functions with their files':
    'compara o esquema com os tipos do código, e as funções SQL com seus arquivos',
  'exit 1 when they differ, and change nothing': 'sai com 1 quando diferem, e não muda nada',
  'tell what differs, and change nothing': 'diz o que difere, e não muda nada',
  '\nWithout --check and --dry-run the types are written anew from the database. Migrations are written by hand.':
    '\nSem --check e --dry-run os tipos são escritos de novo a partir do banco. As migrações se escrevem à mão.',

  'let somebody of the host sign in to a clinic with all rights; superusers are listed nowhere':
    'deixa alguém da hospedagem entrar numa clínica com todos os direitos; não aparece em nenhuma lista',
  'open a clinic with its first administrator, who can sign in at once':
    'abre uma clínica com a primeira pessoa da administração, que já pode entrar',
  'name of the clinic': 'nome da clínica',
  'sign-in address of the administrator': 'e-mail com que a administração entra',

  'clients from a CSV, XLSX or vCard file, all or nothing; what is not taken is told by line, column and reason':
    'clientes de um arquivo CSV, XLSX ou vCard, tudo ou nada; o que fica de fora é dito por linha, coluna e motivo',
  'whose clients they become': 'de quem os clientes passam a ser',
  'the same numbers and problems without writing anything': 'os mesmos números e problemas, sem gravar nada',
  'a row whose phone or e-mail is that of a client who may be another person':
    'linha cujo telefone ou e-mail é de um cliente que pode ser outra pessoa',
  'of phones that are written without one, such as 11': 'DDD dos telefones escritos sem ele, por exemplo 11',
  'the first rows alone': 'só as primeiras linhas',
  'where to write the rows that were not taken, to be mended and imported again':
    'onde gravar as linhas que ficaram de fora, para corrigir e importar de novo',
  'how the bytes are read; found out by themselves when left out':
    'como ler os bytes; descoberto sozinho quando não é dado',
  'found out by itself when left out': 'descoberto sozinho quando não é dado',
  'what comes first in dates such as 03/04/1990; found out by the whole column when left out':
    'o que vem primeiro em datas como 03/04/1990; descoberto pela coluna inteira quando não é dado',
  'what a column holds, such as "Fone fixo=secondaryPhone"; repeatable':
    'o que há numa coluna, por exemplo "Fone fixo=secondaryPhone"; pode ser repetido',
  'CSV (any usual encoding and delimiter), XLSX or vCard (.vcf)':
    'CSV (qualquer codificação e separador usual), XLSX ou vCard (.vcf)',

  'clients from another Acolhe or from the earlier Django system, all or nothing; repeatable':
    'clientes de outro Acolhe ou do sistema anterior em Django, tudo ou nada; pode ser repetido',
  'where the other system runs, such as https://clinica.example':
    'onde roda o outro sistema, por exemplo https://clinica.example',
  'whom to sign in there; a code is sent and asked for': 'quem entra lá; um código é mandado e pedido',
  'a code that was sent already': 'um código já recebido',
  'an access token, instead of signing in': 'um token de acesso, em vez de entrar',
  'also without encryption, on a network of your own': 'também sem criptografia, numa rede sua',
  '\nEverything is fetched first, then imported at once. Lines are positions in the list of the other system.':
    '\nPrimeiro tudo é buscado, depois importado de uma vez. As linhas são posições na lista do outro sistema.',

  'active clients as CSV, as the web app exports them': 'clientes ativos em CSV, como o aplicativo os exporta',
  "one professional's clients; otherwise the whole clinic's": 'clientes de uma pessoa; sem isso, da clínica inteira',
  'standard: RFC 4180; excel: semicolons and a byte order mark; xlsx: a workbook':
    'standard: RFC 4180; excel: ponto e vírgula e marca de ordem de bytes; xlsx: uma planilha',
  'where to; stdout when left out': 'para onde; saída padrão quando não é dado',

  'write everything in the database, as it is at one moment, into one archive':
    'grava tudo o que há no banco, como está num momento, em um arquivo',
  'where to; a folder, or s3://bucket/folder/, gets a file named by the time, - is stdout (default: DATA_DIR/backups)':
    'para onde; uma pasta, ou s3://bucket/pasta/, recebe um arquivo com a hora no nome, - é a saída padrão (padrão: DATA_DIR/backups)',
  'restore the archive into a scratch database before calling it good':
    'restaura o arquivo num banco de rascunho antes de dá-lo por bom',
  'encrypt with the passphrase in this file': 'cifra com a senha deste arquivo',
  'encrypt for age public keys (age1…)': 'cifra para chaves públicas do age (age1…)',
  'with --recipient and --verify: the age key file that opens the archive':
    'com --recipient e --verify: o arquivo de chave do age que abre a cópia',
  'afterwards remove all but the newest n archives of that folder': 'depois, deixa só as n cópias mais novas da pasta',
  '\nThe archive is a tar file in gzip, or that in age’s format. Keep SECRET_KEY and this release’s name beside it.':
    '\nA cópia é um tar em gzip, ou isso no formato do age. Guarde junto a SECRET_KEY e o nome desta versão.',

  'restore an archive of `acolhe backup` into the empty database of the environment: all of it or nothing':
    'restaura uma cópia de `acolhe backup` no banco vazio do ambiente: tudo ou nada',
  'restore into a scratch database that is thrown away, and touch nothing else':
    'restaura num banco de rascunho, que é jogado fora, e não toca em mais nada',
  'the passphrase that opens the archive': 'a senha que abre a cópia',
  'the age key file that opens the archive': 'o arquivo de chave do age que abre a cópia',
  'let passkeys of the archive open accounts again; without it they are removed':
    'deixa as chaves de acesso da cópia abrirem contas de novo; sem isso, são removidas',
  'people who have left since the backup: they come back without access': 'quem saiu desde a cópia: volta sem acesso',
  'the archive, or s3://bucket/key': 'a cópia, ou s3://bucket/chave',
  '\nEveryone has to sign in again afterwards: sessions are ended, sign-in codes and waiting mails are not in archives.\nRoles, and who is active, are those of the day of the backup: the result lists who may sign in. Look through it\nbefore the server starts.':
    '\nDepois todos precisam entrar de novo: as sessões terminam, e códigos e e-mails por mandar não estão nas cópias.\nPapéis, e quem está ativo, são os do dia da cópia: o resultado lista quem pode entrar. Leia-o antes de iniciar\no servidor.',

  'how to go back to the release before, and whether it can run on today’s schema; exit 1 when it cannot':
    'como voltar à versão anterior, e se ela roda com o esquema de hoje; sai com 1 se não roda',
  'the release to go back to: a tag or commit (default: the newest tag before this one)':
    'a versão para a qual voltar: uma tag ou um commit (padrão: a tag mais nova antes desta)',
  '\nIt changes nothing. Migrations are never undone: an earlier release runs on the later schema, or a backup is restored.':
    '\nNão muda nada. Migrações nunca são desfeitas: a versão anterior roda com o esquema novo, ou se restaura uma cópia.',

  'try a running deployment as its users would; exit 1 when something does not work':
    'experimenta uma instalação em uso como as pessoas fariam; sai com 1 se algo não funciona',
  'where it runs, such as https://clinica.example': 'onde roda, por exemplo https://clinica.example',
  'also sign in as this person and work with a client': 'também entra como esta pessoa e trabalha com um cliente',
  'the sign-in code; without it the development mailbox is read, or you are asked for it':
    'o código de acesso; sem ele, é lida a caixa de desenvolvimento ou você é perguntado',
  'where codes arrive: imaps://user:password@host/folder':
    'onde chegam os códigos: imaps://usuário:senha@servidor/pasta',
  'fail when another commit runs there': 'falha quando lá roda outro commit',
  'also click through the web app at phone and computer size':
    'também percorre o aplicativo em tamanho de celular e de computador',
  'with --browser: the Chromium or Chrome to start': 'com --browser: o Chromium ou Chrome a usar',
  'with METRICS_TOKEN: where the servers count their answers, when the address itself does not tell (default: /metrics there)':
    'com METRICS_TOKEN: onde os servidores contam suas respostas, quando o próprio endereço não diz (padrão: /metrics lá)',
  'what opens it': 'o que a abre',
  'also write the results as JUnit XML': 'grava também os resultados em JUnit XML',
  '\nIt signs out again and archives the client it makes. Best done with an account of its own.':
    '\nSai de novo e arquiva o cliente que cria. Melhor com uma conta só para isso.',

  'the audit trail': 'a trilha de auditoria',
  'recompute every clinic’s chain of audit events; exit 1 and name the place when something does not hold':
    'recalcula a cadeia de eventos de cada clínica; sai com 1 e diz o lugar quando algo não confere',
  'heads noted earlier (acolhe audit head): finds also what was cut off at the end':
    'pontas anotadas antes (acolhe audit head): acha também o que foi cortado do fim',
  'the ends of all chains, one line of JSON for each clinic; to be kept where the database’s owner is not':
    'as pontas de todas as cadeias, uma linha de JSON por clínica; para guardar longe de quem cuida do banco',
  'write to a new file instead of stdout': 'grava num arquivo novo em vez da saída padrão',
  '\nA running server writes the same once a day to DATA_DIR/audit-heads and to AUDIT_HEAD_EMAIL.':
    '\nUm servidor em uso grava o mesmo uma vez por dia em DATA_DIR/audit-heads e manda para AUDIT_HEAD_EMAIL.',

  'device sessions and sign-in': 'sessões de aparelhos e entrada',
  'delete what nobody can use any more; run it daily': 'apaga o que ninguém mais pode usar; para rodar todo dia',
  '\nSessions over for 90 days, codes for 7 days, idempotency keys after 24 hours, sign-in guards idle for 30 days,\nrate limits and passkey challenges that have run out. The audit trail keeps what it says of them.':
    '\nSessões encerradas há 90 dias, códigos há 7, chaves de idempotência após 24 horas, proteções de entrada paradas há\n30 dias, limites e desafios vencidos. A trilha de auditoria guarda o que diz deles.',

  'fill a database that holds no clinic with the demo clinic; leave any other as it is':
    'enche um banco sem clínica com a clínica de demonstração; deixa qualquer outro como está',
};
