import { describe, expect, it } from 'vitest';
import { conflict, limitReached } from '../domain-error.ts';
import { problemOf } from './error-handler.ts';
import { HttpProblem, problemBody, problemHeaders } from './problem.ts';

const answerOf = (error: unknown, locale: 'pt-BR' | 'en') => {
  const problem = problemOf(error);
  return { status: problem.status, headers: problemHeaders(problem), body: problemBody(problem, locale) };
};

describe('an error of the domain', () => {
  it('gets its status and words here, and its details become members of the answer', () => {
    expect(answerOf(conflict('client_archived', { clientId: '7' }), 'en')).toEqual({
      status: 409,
      headers: {},
      body: {
        type: 'urn:acolhe:problem:client_archived',
        title: 'client archived',
        status: 409,
        code: 'client_archived',
        detail: 'One of the records is archived. Check their current state.',
        clientId: '7',
      },
    });
  });

  it.each([
    [1, 'Tente de novo em 1 segundo.', 'Try again in 1 second.'],
    [59, 'Tente de novo em 59 segundos.', 'Try again in 59 seconds.'],
    [61, 'Tente de novo em 2 minutos.', 'Try again in 2 minutes.'],
    [3600, 'Tente de novo em 1 hora.', 'Try again in 1 hour.'],
    [86_399, 'Tente de novo em 24 horas.', 'Try again in 24 hours.'],
  ])('that ends in %i seconds says so to programs and to people', (seconds, portuguese, english) => {
    const error = limitReached('too_many_requests', seconds, { reason: 'attempts' });
    expect(answerOf(error, 'pt-BR')).toMatchObject({
      status: 429,
      headers: { 'retry-after': String(seconds) },
      body: { detail: `Muitas tentativas. ${portuguese}` },
    });
    expect(answerOf(error, 'en').body.detail).toBe(`Too many attempts. ${english}`);
  });

  it('is told in the words of its code where it gives no reason', () => {
    expect(answerOf(limitReached('too_many_requests', 30), 'en')).toMatchObject({
      headers: { 'retry-after': '30' },
      body: { detail: 'Too many attempts. Wait a little and try again.' },
    });
  });
});

it('a problem of the request keeps its own headers beside the wait', () => {
  const problem = new HttpProblem('unavailable', { headers: { connection: 'close' }, retryAfterSeconds: 30 });
  expect(answerOf(problem, 'en').headers).toEqual({ connection: 'close', 'retry-after': '30' });
});
