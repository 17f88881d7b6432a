import type { Locator, Page } from 'playwright-core';
import { addDays, toLocalDate } from '../../src/shared/zoned-time.ts';
import type { RequestOf } from '../../src/shared/api-client.ts';
import type { SignedIn } from '../support/server.ts';
import { openSignedIn, registerClients, type Stage } from './clinic.ts';

const timeZone = 'America/Sao_Paulo';

/** The first day from tomorrow on that is open from 8 to 18: no weekend and no holiday. */
async function findOpenDay({ api }: SignedIn): Promise<string> {
  const tomorrow = addDays(toLocalDate(new Date(), timeZone), 1);
  const { body } = await api('GET /availability', { query: { from: tomorrow, to: addDays(tomorrow, 14) } });
  const first = body.items.flatMap(({ open }) => open)[0];
  if (first === undefined) throw new Error('the clinic is never open');
  return toLocalDate(new Date(first.startAt), timeZone);
}

/** An agenda with Bruno's clients Ágata and Zeca, and a booked hour at nine. */
export async function prepareAgenda(stage: Stage) {
  const domain = await stage.openClinic();
  const bruno = await stage.server.signIn(`bruno@${domain}`);
  const [agata = '', zeca = ''] = await registerClients(bruno, [
    { firstName: 'Ágata', lastName: 'Nóbrega', phone: '(21) 99876-5432' },
    { firstName: 'Zeca', lastName: 'Pagodinho' },
  ]);
  const day = await findOpenDay(bruno);
  const book = async (
    clientId: string,
    time: string,
    more: Partial<RequestOf<'POST /appointments'>['body']> = {},
  ): Promise<string> => {
    const body = {
      clientId,
      professionalId: bruno.professionalId,
      visitType: 'consulta',
      localStart: `${day}T${time}`,
      durationMinutes: 60,
      ...more,
    };
    return (await bruno.api('POST /appointments', { body })).body.id;
  };
  return {
    domain,
    email: `bruno@${domain}`,
    bruno,
    agata,
    zeca,
    day,
    book,
    open: async (page: Page, path = `/agenda?dia=${day}`): Promise<void> => {
      await openSignedIn(stage.server, page, `bruno@${domain}`, path);
      await page.getByRole('heading', { level: 1 }).waitFor();
    },
  };
}

/** The button of an appointment, by its time and client. */
export const findAppointment = (page: Page, time: string, client: string): Locator =>
  page.getByRole('button', { name: new RegExp(`^${time} ${client}`) });

export const findGap = (page: Page, span: string): Locator => page.getByRole('button', { name: `Livre ${span}` });

/** Where an element stands, and how high it is. */
export async function centerOf(thing: Locator): Promise<{ x: number; y: number; height: number }> {
  await thing.scrollIntoViewIfNeeded();
  const box = await thing.boundingBox();
  if (box === null) throw new Error('nothing to see');
  return { x: box.x + box.width / 2, y: box.y + box.height / 2, height: box.height };
}

/** Drags with the mouse, in steps as a hand does. */
export async function drag(page: Page, from: { x: number; y: number }, to: { x: number; y: number }): Promise<void> {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(from.x, from.y + (to.y - from.y) / 2, { steps: 4 });
  await page.mouse.move(to.x, to.y, { steps: 4 });
  await page.mouse.up();
}
