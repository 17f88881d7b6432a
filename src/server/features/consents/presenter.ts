import type { Consent, ConsentCopy, ConsentStanding } from '../../../shared/contracts/consents.ts';
import type { ConsentRow } from './queries.ts';
import type { LatestText } from './text-queries.ts';

const presentGuardian = ({
  guardian_name,
  guardian_relation,
}: Pick<ConsentRow, 'guardian_name' | 'guardian_relation'>) =>
  guardian_relation === null ? null : { name: guardian_name, relation: guardian_relation };

function presentWithdrawal({ withdrawal }: ConsentRow): Consent['withdrawal'] {
  if (withdrawal === null) return null;
  return {
    withdrawnOn: withdrawal.withdrawn_on,
    by: withdrawal.asked_by,
    guardian: presentGuardian(withdrawal),
    means: withdrawal.means,
    recordedAt: new Date(withdrawal.recorded_at).toISOString(),
    recordedBy: { id: withdrawal.recorded_by, name: withdrawal.recorded_by_name },
  };
}

export const presentConsent = (row: ConsentRow): Consent => ({
  id: row.id,
  textId: row.text_id,
  purpose: row.purpose,
  title: row.title,
  version: row.version,
  decision: row.decision,
  givenOn: row.given_on,
  by: row.given_by,
  guardian: presentGuardian(row),
  means: row.means,
  recordedAt: row.recorded_at.toISOString(),
  recordedBy: { id: row.recorded_by, name: row.recorded_by_name },
  withdrawal: presentWithdrawal(row),
});

export const presentCopy = (row: ConsentRow): ConsentCopy => ({ ...presentConsent(row), body: row.body });

/**
 * Where a client stands with each text that is asked for or was answered. `rows`: the latest first. A text that is asked no more
 * and was never answered is left out.
 */
export function describeStanding(texts: readonly LatestText[], rows: readonly ConsentRow[]): ConsentStanding[] {
  return texts.flatMap(({ id, purpose, title, series, asked }): ConsentStanding[] => {
    const answer = rows.find((row) => row.purpose === purpose && row.series === series);
    if (answer === undefined) return asked ? [{ textId: id, purpose, title, state: 'missing', consentId: null }] : [];
    const state = answer.withdrawal === null ? answer.decision : 'withdrawn';
    return [{ textId: id, purpose, title, state, consentId: answer.id }];
  });
}
