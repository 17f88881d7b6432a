import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { expectSoon, openSignedIn, prepareStage, press, registerClients, screens } from './clinic.ts';

const stage = prepareStage();

/** Changes a page as Chrome's translator does: every text, also a later one, is replaced by two `font` elements. */
async function translate(page: Page): Promise<void> {
  await page.evaluate(() => {
    const skipped = 'script, style, textarea, [translate=no], [translate=no] *, font, font *';
    const swap = (text: Text): void => {
      const words = text.data.trim();
      if (words === '' || text.parentElement === null || text.parentElement.matches(skipped)) return;
      const outer = document.createElementNS('http://www.w3.org/1999/xhtml', 'font');
      const inner = document.createElementNS('http://www.w3.org/1999/xhtml', 'font');
      inner.textContent = `[${text.data}]`;
      outer.append(inner);
      text.parentElement.insertBefore(outer, text);
      text.remove();
    };
    const walk = (root: Node): void => {
      const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
      const texts: Text[] = [];
      while (walker.nextNode()) texts.push(walker.currentNode as Text);
      texts.forEach(swap);
    };
    walk(document.body);
    new MutationObserver((records) => {
      for (const { addedNodes, target, type } of records)
        if (type === 'characterData') swap(target as Text);
        else for (const node of addedNodes) walk(node.nodeType === Node.TEXT_NODE ? (node.parentNode ?? node) : node);
    }).observe(document.body, { childList: true, characterData: true, subtree: true });
  });
}

describe.each(screens)('a page that the browser translates, on a %s', (screen) => {
  it('goes on working: search, its count, the card and the way back', async () => {
    const email = `ana@${await stage.openClinic()}`;
    const errors: string[] = [];
    await registerClients(await stage.server.signIn(email), [
      { firstName: 'Rosa', lastName: 'Branca', phone: '(11) 98765-4321' },
      { firstName: 'Clara', lastName: 'Rosa' },
      { firstName: 'Bento', lastName: 'Leite' },
    ]);
    const page = await stage.openDevice(screen);
    page.on('pageerror', ({ message }) => errors.push(message));
    await openSignedIn(stage.server, page, email);
    await page.getByRole('listitem', { name: 'Rosa Branca' }).waitFor();
    await translate(page);
    await expectSoon(() => page.getByText('[3 clientes]').count()).toBe(1);

    const search = page.getByRole('searchbox');
    for (const [query, count] of [
      ['rosa', '[2 clientes]'],
      ['rosa b', '[1 cliente]'],
      ['ro', '[2 clientes]'],
      ['', '[3 clientes]'],
    ] as const) {
      await search.fill(query);
      await expectSoon(() => page.getByText(count).count()).toBe(1);
    }
    await search.fill('rosa b');
    const row = page.getByRole('listitem', { name: 'Rosa Branca' });
    await expectSoon(() => page.getByRole('listitem').filter({ hasText: 'Bento' }).count()).toBe(0);
    // Neither the name nor the number is translated.
    expect(await row.locator('.client-name').innerText()).toBe('Rosa Branca');
    expect(await row.locator('[data-part=phone]').innerText()).toBe('(11) 98765-4321');

    await press(screen, row.getByRole('link', { name: 'Rosa Branca' }));
    const card = page.getByRole('dialog', { name: 'Rosa Branca' });
    expect(await card.getByRole('heading', { name: 'Rosa Branca' }).innerText()).toBe('Rosa Branca');
    await press(screen, card.getByRole('button').last());
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await card.waitFor({ state: 'detached' });
    await search.fill('');
    await expectSoon(() => page.getByText('[3 clientes]').count()).toBe(1);
    expect(errors).toEqual([]);
  });
});

/** Acts like a browser that blocks all site data: any access to storage throws. */
function blockStorage(): void {
  for (const store of ['localStorage', 'sessionStorage', 'caches', 'indexedDB'])
    Object.defineProperty(window, store, {
      get: () => {
        throw new DOMException('Access is denied for this document.', 'SecurityError');
      },
    });
}

describe('site data that is blocked', () => {
  const blocks: [what: string, block: (page: Page) => Promise<void>][] = [
    [
      'storage',
      async (page) => {
        await page.addInitScript(blockStorage);
      },
    ],
    [
      'cookies',
      async (page) => {
        const devTools = await page.context().newCDPSession(page);
        await devTools.send('Emulation.setDocumentCookieDisabled', { disabled: true });
      },
    ],
  ];

  it.each(blocks)('is said, with what to allow, instead of an empty page: %s', async (_, block) => {
    const page = await stage.openDevice('phone');
    await block(page);
    for (const path of ['/clientes', '/entrar']) {
      await page.goto(path);
      await page.getByRole('heading', { level: 1, name: 'O navegador bloqueia os dados deste site' }).waitFor();
      expect(await page.getByRole('alert').innerText()).toContain(new URL(stage.server.address).host);
      await page.getByRole('button', { name: 'Já permiti, tentar de novo' }).waitFor();
    }
  });

  it('is said in English to whose browser speaks it', async () => {
    const page = await stage.openDevice('computer', { locale: 'en-GB' });
    await page.addInitScript(blockStorage);
    await page.goto('/');
    await page.getByRole('heading', { level: 1, name: 'The browser blocks this site’s data' }).waitFor();
  });
});

describe('a field on a phone', () => {
  const pages = ['/entrar', '/clientes', '/clientes/novo', '/profissionais', '/importar', '/configuracoes'];

  it.each(['small', 'medium'])(
    'has letters of 16 px or more, so that an iPhone stays where it is: %s',
    async (size) => {
      const email = `ana@${await stage.openClinic()}`;
      const page = await stage.openDevice('phone');
      await page.addInitScript((textSize) => {
        localStorage.setItem('acolhe.appearance', JSON.stringify({ textSize }));
      }, size);
      await openSignedIn(stage.server, page, email, '/favicon.svg');
      const seen: string[] = [];
      for (const path of pages) {
        await page.goto(path);
        await page.locator('h1').first().waitFor();
        const sizes = await page
          .locator('input, select, textarea')
          .evaluateAll((fields) =>
            fields.map((field) => [field.getAttribute('aria-label') ?? field.id, getComputedStyle(field).fontSize]),
          );
        seen.push(...sizes.map(String));
        expect(
          sizes.filter(([, pixels]) => Number.parseFloat(pixels ?? '') < 16),
          path,
        ).toEqual([]);
      }
      expect(seen.length).toBeGreaterThan(10);
    },
  );
});
