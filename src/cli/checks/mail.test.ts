import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { loadConfig } from '../../server/config.ts';
import { startSmtpSink } from '../../server/mail/testing/smtp-sink.ts';
import { type DnsSource, checkMail, checkSender } from './mail.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'acolhe-check-'));
afterAll(() => {
  rmSync(dataDir, { recursive: true });
});

const configOf = (env: Record<string, string>) => loadConfig({ DATA_DIR: dataDir, EMAIL_HOST: '127.0.0.1', ...env });

describe('checkMail', () => {
  it('sends a test mail where asked, and only there', async () => {
    const sink = await startSmtpSink();
    const config = configOf({ EMAIL_PORT: String(sink.port) });
    expect(await checkMail(config, undefined)).toEqual([]);
    expect(sink.received).toEqual([]);
    expect(await checkMail(config, 'dono@clinica.example')).toEqual([]);
    expect(sink.received.map(({ recipients }) => recipients)).toEqual([['dono@clinica.example']]);
    await sink.close();
  });

  it('sees a server that is away, and one that refuses the sender', async () => {
    expect(await checkMail(configOf({ EMAIL_PORT: '1' }), undefined)).toMatchObject([
      { name: 'mail_unreachable', seen: expect.stringContaining('ECONNREFUSED 127.0.0.1:1') as string },
    ]);
    const sink = await startSmtpSink({
      onMailFrom: (_address, _session, done) => {
        done(new Error('not this sender'));
      },
    });
    const findings = await checkMail(configOf({ EMAIL_PORT: String(sink.port) }), 'dono@clinica.example');
    expect(findings).toMatchObject([
      { name: 'test_mail_failed', severity: 'error', seen: expect.stringContaining('not this sender') as string },
    ]);
    await sink.close();
  });
});

/** A DNS that has these records and no others. */
const dnsWith = (records: Readonly<Record<string, string>>, mx = true, known = ['br']): DnsSource => {
  const missing = () => Promise.reject(Object.assign(new Error('queryTxt ENODATA'), { code: 'ENODATA' }));
  return {
    resolveTxt: (name) => (records[name] === undefined ? missing() : Promise.resolve([[records[name]]])),
    resolveNs: (name) => (known.includes(name) ? Promise.resolve(['a.dns.br']) : missing()),
    resolveMx: () => (mx ? Promise.resolve([{ exchange: 'mx.clinica.com.br' }]) : missing()),
  };
};

describe('checkSender', () => {
  const config = configOf({ DEFAULT_FROM_EMAIL: 'Acolhe <acolhe@mail.clinica.com.br>' });
  const namesOf = async (dns: DnsSource) => (await checkSender(config, dns)).map(({ name }) => name);

  it('finds SPF at the domain and DMARC there or above', async () => {
    const spf = { 'mail.clinica.com.br': 'v=spf1 include:_spf.example -all' };
    expect(await namesOf(dnsWith({ ...spf, '_dmarc.clinica.com.br': 'v=DMARC1; p=reject' }))).toEqual([]);
    expect(await namesOf(dnsWith(spf))).toEqual(['dmarc_missing']);
    expect(await namesOf(dnsWith({}, false))).toEqual(['spf_missing', 'dmarc_missing', 'sender_without_mail']);
  });

  it('says so when DNS is silent, and when the sender is nobody’s domain', async () => {
    const silent = () => Promise.reject(Object.assign(new Error('queryTxt ETIMEOUT'), { code: 'ETIMEOUT' }));
    expect(await checkSender(config, { resolveTxt: silent, resolveMx: silent, resolveNs: silent })).toMatchObject([
      { name: 'dns_silent', severity: 'note' },
    ]);
    // A network that answers every query with "no such name".
    expect(await namesOf(dnsWith({}, false, []))).toEqual(['dns_silent']);
    expect(await checkSender(configOf({}))).toMatchObject([{ name: 'sender_local', severity: 'warning' }]);
  });
});
