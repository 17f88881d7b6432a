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

  'make an account for somebody of the host in a clinic; it acts there only after `acolhe clinics enter`':
    'cria a conta de alguém da hospedagem numa clínica; só age nela depois de `acolhe clinics enter`',
  'open a clinic with its first administrator, who can sign in at once':
    'abre uma clínica com a primeira pessoa da administração, que já pode entrar',
  'name of the clinic': 'nome da clínica',
  'the host’s desk: the clinics of this installation, one by one':
    'a mesa de quem hospeda: as clínicas desta instalação, uma a uma',
  'every clinic with its state, how many clients and people it has, and when somebody last worked there':
    'todas as clínicas, com a situação, quantos clientes e pessoas têm e quando alguém trabalhou nelas pela última vez',
  'what one clinic has and takes: clients, people, appointments, rows and bytes of each table':
    'o que uma clínica tem e ocupa: clientes, pessoas, atendimentos, linhas e bytes de cada tabela',
  'what the host did to whole clinics, oldest first; also to those that were deleted':
    'o que a hospedagem fez com clínicas inteiras, do mais antigo ao mais novo; também com as apagadas',
  'give a clinic another name': 'dá outro nome a uma clínica',
  'what it is called from now on': 'como passa a se chamar',
  'limit how many active clients and people a clinic may have; whoever is there stays':
    'limita quantos clientes ativos e quantas pessoas uma clínica pode ter; quem já está fica',
  'active clients, or none for any number': 'clientes ativos; none tira o limite',
  'people with access, or none for any number': 'pessoas com acesso; none tira o limite',
  'end all sessions of a clinic and let nobody in; its data stays as it is':
    'encerra todas as sessões de uma clínica e não deixa ninguém entrar; os dados ficam como estão',
  '\nNobody signs in, reminders and calendars stop, series are not planned further. `acolhe clinics resume` takes it back.':
    '\nNinguém entra, lembretes e calendários param, séries não são continuadas. `acolhe clinics resume` desfaz.',
  'let the people of a suspended clinic in again': 'deixa as pessoas de uma clínica suspensa entrarem de novo',
  'write everything of one clinic, and nothing of the others, into one archive':
    'grava tudo de uma clínica, e nada das outras, num arquivo',
  'where to; a folder, or s3://bucket/folder/, gets a file named by the time':
    'para onde; uma pasta, ou s3://bucket/pasta/, recebe um arquivo com a hora no nome',
  'import the archive into a scratch database before calling it good':
    'importa o arquivo num banco de rascunho antes de dá-lo por bom',
  '\nThe archive has the form of a backup. `acolhe clinics import` takes it into another installation of the same release.\nSuspend the clinic before, when it is to move: what is entered after the export is not in it.':
    '\nO arquivo tem a forma de uma cópia de segurança. `acolhe clinics import` o leva a outra instalação da mesma versão.\nSe a clínica vai mudar de lugar, suspenda-a antes: o que é lançado depois da exportação não vai junto.',
  'take the clinic of an archive into this installation, beside those that are here: all of it or nothing':
    'traz a clínica de um arquivo para esta instalação, ao lado das que já estão aqui: tudo ou nada',
  'an archive of `acolhe clinics export`, or s3://bucket/key':
    'um arquivo de `acolhe clinics export`, ou s3://bucket/chave',
  'what it is called here, when another clinic has its name': 'como se chama aqui, quando outra clínica já tem o nome',
  '\nThe clinic comes in suspended: look through it, then `acolhe clinics resume`. Nobody stays signed in; passkeys, calendar\naddresses and links in messages are made anew. The archive has to be made with the same schema as here.':
    '\nA clínica chega suspensa: confira, e depois `acolhe clinics resume`. Ninguém fica conectado; chaves de acesso, endereços\nde calendário e links de mensagens são feitos de novo. O arquivo tem de vir do mesmo esquema que o daqui.',
  'delete a clinic for good, after its export and a delay':
    'apaga uma clínica de vez, depois da exportação e de um prazo',
  'plan it; the clinic has to be suspended, and exported since':
    'marca; a clínica tem de estar suspensa e exportada desde então',
  'with --schedule: how long it can be taken back, from 7 days on (default: 30)':
    'com --schedule: por quanto tempo se pode voltar atrás, a partir de 7 dias (padrão: 30)',
  'do not delete it after all; it stays suspended': 'desiste de apagar; ela continua suspensa',
  'delete it now that its time has come; takes the clinic’s name letter by letter':
    'apaga agora que o prazo passou; pede o nome da clínica, letra por letra',
  '\nIn this order: suspend, export, delete --schedule, and after the delay delete --confirm. No row of the clinic is left in\nany table; `acolhe clinics log` keeps one line. Backups made before still hold the clinic until they are removed.':
    '\nNesta ordem: suspend, export, delete --schedule e, depois do prazo, delete --confirm. Nenhuma linha da clínica fica em\nnenhuma tabela; `acolhe clinics log` guarda uma linha. Cópias de segurança anteriores ainda a contêm, até serem apagadas.',
  'let a superuser of the host act in a clinic for some hours; its administrators see when and why':
    'deixa alguém da hospedagem agir numa clínica por algumas horas; a administração dela vê quando e por quê',
  'sign-in address of the superuser; an account is made when there is none':
    'e-mail com que essa pessoa entra; a conta é criada quando não existe',
  'why, in words that the clinic’s administrators read': 'por quê, em palavras que a administração da clínica lê',
  'how long, from 1 to 72 (default: 4)': 'por quantas horas, de 1 a 72 (padrão: 4)',
  '\nA superuser acts in one clinic at a time: what was open in another one ends. It ends by itself, or by `acolhe clinics leave`,\nor when an administrator of the clinic ends it.':
    '\nAge-se numa clínica por vez: o que estava aberto em outra termina. Termina sozinho, por `acolhe clinics leave` ou quando\na administração da clínica encerra.',
  'end what a superuser may do in a clinic now': 'encerra o que alguém da hospedagem pode fazer numa clínica agora',

  'sign-in address of the administrator': 'e-mail com que a administração entra',

  'clients, or appointments of clients, from a CSV, XLSX or vCard file, all or nothing; what is not taken is told by line, column and reason':
    'clientes, ou atendimentos deles, de um arquivo CSV, XLSX ou vCard, tudo ou nada; o que fica de fora é dito por linha, coluna e motivo',
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

  'clients as CSV, as the web app exports them': 'clientes em CSV, como o aplicativo os exporta',
  'archived clients too, so that a whole clinic comes back by an import':
    'também os arquivados, para que uma clínica inteira volte por uma importação',
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
