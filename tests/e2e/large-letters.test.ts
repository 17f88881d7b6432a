import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { prepareAgenda } from './agenda-clinic.ts';
import { expectSoon, openSignedIn, prepareStage, registerClients } from './clinic.ts';

/** Letters of twice the size, as people set them in the browser: WCAG 2.2, 1.4.4. */
const stage = prepareStage({ browserArgs: ['--blink-settings=defaultFontSize=32'] });

/** What stands out of the window sideways, and words that are cut within their control. */
const findCut = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    const found = scrollWidth > clientWidth ? [`the page is ${String(scrollWidth)} wide`] : [];
    const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let text = words.nextNode(); text !== null; text = words.nextNode()) {
      const control = text.parentElement?.closest('button, a.button, h1, h2, [role=tab]') ?? null;
      const holder = text.parentElement;
      const isForReaders = holder?.closest('.visually-hidden') != null || (holder?.offsetWidth ?? 0) <= 1;
      if (control === null || isForReaders) continue;
      const range = document.createRange();
      range.selectNodeContents(text);
      const { left, right, width } = range.getBoundingClientRect();
      const box = control.getBoundingClientRect();
      const isCut = left < box.left - 1 || right > Math.min(box.right, clientWidth) + 1;
      if (width > 0 && isCut && control.checkVisibility()) found.push(control.outerHTML.slice(0, 120));
    }
    return found;
  });

it('on a phone nothing is cut, and nothing scrolls sideways', async () => {
  const page = await stage.openDevice('phone');
  const { bruno, email, day, agata, book } = await prepareAgenda(stage);
  const [id = ''] = await registerClients(bruno, [
    { firstName: 'Maria Aparecida', lastName: 'Gonçalves Pereira', phone: '11987654321', tags: ['Diabetes', 'vip'] },
  ]);
  await book(agata, '09:00', { durationMinutes: 30 });
  await page.goto('/entrar');
  await page.getByRole('button', { name: 'Receber código' }).waitFor();
  await expectSoon(() => findCut(page)).toEqual([]);
  await openSignedIn(stage.server, page, email);
  await page.getByRole('link', { name: 'Maria Aparecida' }).waitFor();
  await expectSoon(() => findCut(page)).toEqual([]);
  const phone = page.getByText('(11) 98765-4321');
  await expectSoon(() => phone.evaluate(({ scrollWidth, clientWidth }) => scrollWidth <= clientWidth)).toBe(true);
  for (const [path, name] of [
    [`/clientes/${id}`, 'Atendimentos'],
    ['/clientes/novo', 'Cancelar'],
    [`/agenda?dia=${day}`, 'Agendar'],
  ] as const) {
    await page.goto(path);
    await page.getByText(name, { exact: true }).first().waitFor();
    await expectSoon(async () => [path, ...(await findCut(page))]).toEqual([path]);
  }
  const appointment = page.getByRole('button', { name: /^09:00 Ágata/ }).locator('> span');
  expect(await appointment.innerText()).toContain('agendado');
  expect(await appointment.evaluate((words) => words.scrollWidth <= words.clientWidth + 1)).toBe(true);
});
