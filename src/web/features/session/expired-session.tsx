import type { Problem } from '../../../shared/errors.ts';
export function ExpiredSession({ problem }: { readonly problem: Problem }) {
  return <p>{problem.detail}</p>;
}
