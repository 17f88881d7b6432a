import styles from './option-list.module.css';
import { useLingui } from '@lingui/react/macro';
import { useEffect, useRef } from 'react';
import { classNames } from '../../ui/class-names.ts';
import type { OptionGroup, PaletteOption } from './palette-option.ts';

/** The id of an option's element, for `aria-activedescendant`. */
export const optionId = (listId: string, id: string): string => `${listId}-${id}`;

interface OptionListProps {
  readonly id: string;
  readonly options: readonly PaletteOption[];
  /** Id of the option that Enter chooses. */
  readonly active: string | undefined;
  readonly onPoint: (id: string) => void;
  readonly onChoose: (option: PaletteOption) => void;
}

/** The options in their groups. The focus stays in the field above; only the active option changes. */
export function OptionList({ id, options, active, onPoint, onChoose }: OptionListProps) {
  const { t } = useLingui();
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' });
  }, [active]);
  const names: Record<OptionGroup, string> = { clients: t`Clientes`, actions: t`Ações`, pages: t`Páginas` };
  const groups = [...new Set(options.map(({ group }) => group))];
  return (
    <div
      role="listbox"
      className={styles['palette-list']}
      id={id}
      aria-label={t`Opções`}
      ref={list}
      // A press of the mouse would take the focus from the field.
      onMouseDown={(event) => {
        event.preventDefault();
      }}
    >
      {groups.map((group) => (
        <div role="group" key={group} aria-labelledby={`${id}-${group}`}>
          <div className={styles['palette-group']} id={`${id}-${group}`} role="presentation">
            {names[group]}
          </div>
          {options
            .filter((option) => option.group === group)
            .map((option) => (
              <div
                key={option.id}
                id={optionId(id, option.id)}
                className={styles['palette-option']}
                role="option"
                aria-selected={option.id === active}
                onPointerMove={() => {
                  if (option.id !== active) onPoint(option.id);
                }}
                onClick={() => {
                  onChoose(option);
                }}
              >
                {option.icon}
                <span className={styles['palette-words']} translate={option.group === 'clients' ? 'no' : undefined}>
                  <span className="palette-label">{option.label}</span>{' '}
                  {option.detail !== undefined && option.detail !== '' && (
                    <span className={classNames(styles['palette-detail'], 'tabular')}>{option.detail}</span>
                  )}
                </span>
              </div>
            ))}
        </div>
      ))}
    </div>
  );
}
