import styles from './agenda-toolbar.module.css';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { addDays } from '../../../shared/zoned-time.ts';
import { addMonths, dayOf, startOfWeek } from '../../lib/wall-time.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { Select } from '../../ui/field.tsx';
import { useIsPhone } from '../../ui/screen.ts';
import { agendaViews, type AgendaView } from './agenda-address.ts';
import { DayMenu } from './day/day-menu.tsx';
import { nameDate, nameDay, nameLongDay, nameMonth } from './day-words.ts';
import type { useAgendaAddress } from './use-agenda-address.ts';
import type { AgendaFrame } from './use-agenda-frame.ts';

interface ToolbarProps {
  readonly frame: AgendaFrame;
  readonly now: string;
  readonly address: ReturnType<typeof useAgendaAddress>;
}

/** The day that a step leads to: a day, a week or a month later. */
function stepFrom(day: string, view: AgendaView, direction: 1 | -1): string {
  if (view === 'mes') return addMonths(day, direction);
  return addDays(day, direction * (view === 'dia' ? 1 : 7));
}

/** Which days, whose, and in which view. */
export function AgendaToolbar({ frame, now, address: { day, view, person, go } }: ToolbarProps) {
  const { t } = useLingui();
  const steps = {
    dia: [t`Dia anterior`, t`Próximo dia`],
    semana: [t`Semana anterior`, t`Próxima semana`],
    mes: [t`Mês anterior`, t`Próximo mês`],
    lista: [t`Semana anterior`, t`Próxima semana`],
  } as const;
  const [before, after] = steps[view];
  const isToday = day === dayOf(now);
  const isPhone = useIsPhone();
  const shown = frame.people.find(({ id }) => id === person) ?? frame.people[0];
  return (
    <div className={styles['toolbar']}>
      <div className={styles['days']}>
        <IconButton
          label={before}
          icon={<IconChevronLeft aria-hidden="true" />}
          onClick={() => {
            go({ dia: stepFrom(day, view, -1) }, true);
          }}
        />
        <DayPicker
          day={day}
          view={view}
          onChoose={(dia) => {
            go({ dia });
          }}
        />
        <IconButton
          label={after}
          icon={<IconChevronRight aria-hidden="true" />}
          onClick={() => {
            go({ dia: stepFrom(day, view, 1) }, true);
          }}
        />
        <Button
          className={styles['today']}
          disabled={isToday}
          onClick={() => {
            go({ dia: undefined });
          }}
        >
          <Trans>Hoje</Trans>
        </Button>
      </div>
      <PersonChooser
        frame={frame}
        view={view}
        person={person}
        onChoose={(profissional) => {
          go({ profissional });
        }}
      />
      <ViewChoice
        view={view}
        onChoose={(ver) => {
          go({ ver: ver === 'dia' ? undefined : ver });
        }}
      />
      {/* Elsewhere it is above the column of each. */}
      {isPhone && view === 'dia' && frame.mayWrite && shown !== undefined && (
        <DayMenu professionalId={shown.id} name={shown.name} day={day} now={now} />
      )}
    </div>
  );
}

interface DayPickerProps {
  readonly day: string;
  readonly view: AgendaView;
  readonly onChoose: (day: string) => void;
}

/** The day in words; a touch opens the browser's calendar. */
function DayPicker({ day, view, onChoose }: DayPickerProps) {
  const { t } = useLingui();
  const isPhone = useIsPhone();
  const monday = startOfWeek(day);
  const words = {
    dia: isPhone ? nameDay(day) : nameLongDay(day),
    semana: `${nameDate(monday)} – ${nameDate(addDays(monday, 6))}`,
    mes: nameMonth(day),
    lista: isPhone ? t`A partir de ${nameDate(day)}` : t`A partir de ${nameDay(day)}`,
  };
  return (
    <span className={styles['day']}>
      <span className={styles['day-words']} aria-hidden="true">
        {words[view]}
      </span>
      <input
        type="date"
        className={styles['day-input']}
        aria-label={t`Dia`}
        value={day}
        onClick={(event) => {
          event.currentTarget.showPicker();
        }}
        onChange={(event) => {
          if (event.target.value !== '') onChoose(event.target.value);
        }}
      />
    </span>
  );
}

interface PersonChooserProps {
  readonly frame: AgendaFrame;
  readonly view: AgendaView;
  readonly person: string | undefined;
  readonly onChoose: (person: string | undefined) => void;
}

/** Whose agenda: on a phone always one; in a week and a month as well. */
function PersonChooser({ frame: { people }, view, person, onChoose }: PersonChooserProps) {
  const { t } = useLingui();
  const isPhone = useIsPhone();
  if (people.length < 2) return null;
  const mayBeAll = view === 'lista' || (view === 'dia' && !isPhone);
  const shown = people.some(({ id }) => id === person) ? person : mayBeAll ? '' : people[0]?.id;
  return (
    <span className={styles['person']}>
      <Select
        aria-label={t`Profissional`}
        value={shown}
        onChange={(event) => {
          onChoose(event.target.value === '' ? undefined : event.target.value);
        }}
      >
        {mayBeAll && <option value="">{isPhone ? t`Todos` : t`Todos os profissionais`}</option>}
        {people.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </Select>
    </span>
  );
}

interface ViewChoiceProps {
  readonly view: AgendaView;
  readonly onChoose: (view: AgendaView) => void;
}

/** The views side by side; on a phone a select, which leaves room for the day. */
function ViewChoice({ view, onChoose }: ViewChoiceProps) {
  const { t } = useLingui();
  const isPhone = useIsPhone();
  const names = { dia: t`Dia`, semana: t`Semana`, mes: t`Mês`, lista: t`Lista` };
  if (isPhone)
    return (
      <span className={styles['view-select']}>
        <Select
          aria-label={t`Como ver`}
          value={view}
          onChange={(event) => {
            onChoose(event.target.value as AgendaView);
          }}
        >
          {agendaViews.map((each) => (
            <option key={each} value={each}>
              {names[each]}
            </option>
          ))}
        </Select>
      </span>
    );
  return (
    <fieldset className={styles['views']}>
      <legend className="visually-hidden">{t`Como ver`}</legend>
      {agendaViews.map((each) => (
        <label key={each} className={styles['view']}>
          <input
            type="radio"
            className="visually-hidden"
            name="view"
            value={each}
            checked={each === view}
            onChange={() => {
              onChoose(each);
            }}
          />
          <span>{names[each]}</span>
        </label>
      ))}
    </fieldset>
  );
}
