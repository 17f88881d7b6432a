import { describe, expect, it } from 'vitest';
import { readFile } from '../../testing/read-file.ts';
import { mapColumns } from './columns.ts';

const meanings = (header: string, mapping?: Readonly<Record<string, string>>): string[] =>
  mapColumns(header.split(';'), mapping, 1).map(({ meaning }) => meaning);

describe('columns of appointments', () => {
  it('make a list of appointments, in which nothing else of the clients counts', () => {
    expect(meanings('Data;Hora;Paciente;CPF;Convênio;Profissional;Status;Observações;Código')).toEqual([
      ...['appointment.date', 'appointment.time', 'fullName', 'document', 'ignore', 'appointment.professional'],
      ...['appointment.status', 'appointment.notes', 'ignore'],
    ]);
    expect(meanings('Início;Fim;Cliente;Telefone;Sala')).toEqual([
      ...['appointment.date', 'appointment.end', 'fullName', 'phone', 'appointment.room'],
    ]);
    expect(meanings('start_at;end_at;client_name;professional_email;visit_type;status;notes')).toEqual([
      ...['appointment.date', 'appointment.end', 'fullName', 'appointment.professional', 'appointment.visitType'],
      ...['appointment.status', 'appointment.notes'],
    ]);
    expect(meanings('Data da consulta;Paciente;Situação')[0]).toBe('appointment.date');
    expect(meanings('Data e hora;Nome do paciente;Duração (min)')).toEqual([
      ...['appointment.date', 'fullName', 'appointment.minutes'],
    ]);
  });

  it('leave a list of clients what it is', () => {
    expect(meanings('Nome;Telefone;Data;Observações')).toEqual(['fullName', 'phone', 'extra', 'notes']);
    expect(meanings('Nome;Endereço;Bairro;Cidade;Data;Hora')).toEqual([
      ...['fullName', 'address.street', 'address.neighborhood', 'address.city', 'extra', 'extra'],
    ]);
    expect(meanings('Nome;Data de nascimento;Profissional')).toEqual(['fullName', 'dateOfBirth', 'extra']);
  });

  it('may be the next appointment of each client', () => {
    for (const header of ['Próxima consulta', 'Próximo atendimento', 'Data da próxima consulta', 'next_appointment'])
      expect(meanings(`Nome;${header}`), header).toEqual(['fullName', 'nextAppointment.date']);
    expect(meanings('Nome;Próximo agendamento;Hora')).toEqual([
      ...['fullName', 'nextAppointment.date', 'nextAppointment.time'],
    ]);
    expect(meanings('Nome;Hora da próxima consulta')).toEqual(['fullName', 'extra']);
  });

  it('follow what a person says', () => {
    expect(meanings('Nome;Data;Hora', { Nome: 'fullName', Data: 'extra', Hora: 'extra' })).toEqual([
      ...['fullName', 'extra', 'extra'],
    ]);
    expect(meanings('Nome;Quando', { Quando: 'appointment.date' })).toEqual(['fullName', 'appointment.date']);
    expect(meanings('Nome;Quando', { Quando: 'appointment.time' })).toEqual(['fullName', 'extra']);
  });
});

describe('rows of appointments', () => {
  it('have their start by the order of the dates of the whole file', async () => {
    const { taken } = await readFile('Data;Hora;Paciente\n03/04/2031;9h;Alda\n12/31/2030;14:30;Beto\n');
    expect(taken.map(({ appointment }) => appointment?.start)).toEqual(['2031-03-04T09:00', '2030-12-31T14:30']);
  });

  it('may end at a time, at another day, or after minutes', async () => {
    const { taken } = await readFile(
      [
        'Início;Fim;Duração;Paciente',
        '03/03/2031 14:30;15:20;;Alda',
        '03/03/2031 23:00;00:00;;Beto',
        '03/03/31 23:00;04/03/31 01:00;;Caio',
        '2031-03-03T14:30:00Z;;1h30;Davi',
      ].join('\n'),
    );
    expect(taken.map(({ appointment }) => appointment)).toEqual([
      { start: '2031-03-03T14:30', end: '2031-03-03T15:20' },
      { start: '2031-03-03T23:00', end: '2031-03-03T24:00' },
      { start: '2031-03-03T23:00', end: '2031-03-04T01:00' },
      { start: '2031-03-03T14:30Z', minutes: 90 },
    ]);
  });

  it('without a day or a time are refused, and so are years that no agenda has', async () => {
    const { refused } = await readFile(
      'Data;Hora;Paciente\n;9h;Alda\n03/03/2031;;Beto\n03/03/1931;9h;Caio\n31/02/2031;9h;Eva\n',
    );
    expect(refused.map(({ problems }) => problems[0]?.code)).toEqual([
      ...['day_missing', 'time_missing', 'invalid_date', 'invalid_date'],
    ]);
  });
});
