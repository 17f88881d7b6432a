import { text } from './text.ts';

/** Changes that collide with somebody else's, and creations that were sent twice. */
export const recordErrors = {
  conflict: text(
    409,
    'Outra pessoa fez uma mudança ao mesmo tempo. Tente de novo.',
    'Someone else made a change at the same time. Try again.',
  ),
  stale: text(
    412,
    'Este cadastro mudou desde que você o abriu. Veja a versão atual antes de salvar.',
    'This record has changed since you opened it. Look at the current version before saving.',
  ),
  idempotency_key_reused: text(
    422,
    'Esta Idempotency-Key já foi usada com outros dados.',
    'This Idempotency-Key was already used with other data.',
  ),
  secret_already_shown: text(
    409,
    'Este endereço secreto já foi criado e não pode ser mostrado de novo. Crie outro, com uma nova Idempotency-Key.',
    'This secret address was made already and cannot be shown again. Make another one, with a new Idempotency-Key.',
  ),
} as const;
