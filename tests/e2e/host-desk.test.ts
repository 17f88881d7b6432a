import { expect, it } from 'vitest';
import { createClinic, openHostEntry, renameClinic, suspendClinic } from '../../src/server/features/clinics/api.ts';
import { openSignedIn, prepareStage, press, screens, signIn } from './clinic.ts';
import { lookAtPages } from './page-checks.ts';

const stage = prepareStage();
const caller = { requestId: 'acolhe clinics', address: '127.0.0.1' };

/** A clinic that the host has made and renamed, with two entries: one of before, and one that is open. */
async function openHosted(name: string) {
  const { db } = stage.server;
  const email = `ana@${name}.test`;
  const administrator = { email, firstName: 'Ana', lastName: null };
  await createClinic(db, { name, timeZone: 'America/Sao_Paulo', administrator }, caller);
  await renameClinic(db, name, `${name} Nova`, caller);
  const person = { email: `host@${name}.test`, firstName: 'Host', lastName: null };
  const enter = (reason: string) => openHostEntry(db, { clinicName: `${name} Nova`, person, reason, hours: 2 }, caller);
  await enter('Chamado 11: cópia de segurança');
  await enter('Chamado 12: a agenda não abre');
  return { email, host: person.email, clinicName: `${name} Nova` };
}

it.each(screens)(
  'on a %s administrators see who of the host was let in, and end it; a suspended clinic says so',
  async (screen) => {
    const { email, host, clinicName } = await openHosted(`hospedada-${screen}`);
    const guest = await stage.server.signIn(host);
    const page = await stage.openDevice(screen);
    const found = await lookAtPages(page, screen, async (look) => {
      await openSignedIn(stage.server, page, email, '/configuracoes');
      await press(screen, page.getByRole('link', { name: 'Acessos da hospedagem' }));
      const open = page.getByRole('listitem').filter({ hasText: 'Chamado 12: a agenda não abre' });
      await open.getByText(/^Aberto desde /).waitFor();
      await page.getByRole('listitem').filter({ hasText: 'Chamado 11' }).getByText(/^De /).waitFor();
      await look('acessos da hospedagem');
      await press(screen, open.getByRole('button', { name: 'Encerrar agora' }));
      await open.getByText('encerrado pela administração').waitFor();
      expect(await page.getByRole('button', { name: 'Encerrar agora' }).count()).toBe(0);
      await expect(guest.api('GET /me')).rejects.toMatchObject({ problem: { reason: 'entry_over' } });

      await suspendClinic(stage.server.db, clinicName, caller);
      await page.goto('/configuracoes/hospedagem');
      await page.getByText('O acesso desta clínica foi suspenso.').waitFor();
      await look('clínica suspensa');
    });
    expect(found).toEqual([]);
  },
);

it('the first person of a clinic signs in by a code and finds the name that it has by now', async () => {
  const { email, clinicName } = await openHosted('estreia');
  const page = await stage.openDevice('computer');
  await signIn(stage.server, page, email);
  await page.goto('/configuracoes/clinica');
  await page.getByRole('textbox', { name: 'Nome da clínica' }).first().waitFor();
  expect(await page.getByRole('textbox', { name: 'Nome da clínica' }).first().inputValue()).toBe(clinicName);
});
