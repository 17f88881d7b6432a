import { expect, it } from 'vitest';
import { openSignedIn, prepareStage } from './clinic.ts';

const stage = prepareStage();

it.each(['/clientes?q=ana@exemplo.com', '/clientes?q=a.b.c', '/agenda?dia=2026.01.01', '/clientes/ana@exemplo.com'])(
  'the app is there again when %s is reloaded, also without a connection to ask',
  async (path) => {
    const page = await stage.openDevice('computer', { serviceWorkers: 'allow' });
    const domain = await stage.openClinic();
    await openSignedIn(stage.server, page, `ana@${domain}`, path);
    const navigation = page.getByRole('link', { name: 'Clientes' }).first();
    await navigation.waitFor();
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
    expect((await page.reload())?.headers()['content-type']).toBe('text/html; charset=utf-8');
    await navigation.waitFor();
    await page.context().setOffline(true);
    await page.reload();
    await navigation.waitFor();
  },
);
