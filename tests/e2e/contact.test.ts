import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { openSignedIn, prepareStage, press, registerClients, screens } from './clinic.ts';

const stage = prepareStage();

describe.each(screens)('on a %s', (screen) => {
  it('saves a client for the contacts, from the menu of the card', { timeout: 120_000 }, async () => {
    const page = await stage.openDevice(screen);
    const email = `carla@${await stage.openClinic()}`;
    const ana = await stage.server.signIn(email.replace('carla', 'ana'));
    const [id = ''] = await registerClients(ana, [{ firstName: 'Inês', lastName: 'Quitéria', phone: '11987650001' }]);
    await openSignedIn(stage.server, page, email, `/clientes/${id}`);
    const card = page.getByRole('dialog', { name: 'Inês Quitéria', exact: true });
    await press(screen, card.getByRole('button', { name: 'Mais ações' }));
    const item = page.getByRole('menuitem', { name: 'Salvar nos contatos' });
    await item.waitFor();
    const [saved] = await Promise.all([page.waitForEvent('download'), press(screen, item)]);
    expect(saved.suggestedFilename()).toBe('Inês Quitéria.vcf');
    expect(await readFile(await saved.path(), 'utf8')).toContain('\r\nTEL;TYPE=CELL,PREF:+5511987650001\r\n');
  });
});
