import styles from './several-dialogs.module.css';
import { plural } from '@lingui/core/macro';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { clientFields } from '../../../../../shared/client-fields.ts';
import { foldText } from '../../../../../shared/fold-text.ts';
import { Button } from '../../../../ui/button.tsx';
import { Dialog } from '../../../../ui/dialog.tsx';
import { TextField } from '../../../../ui/field.tsx';
import { filterValuesQuery } from '../list-queries.ts';
import { useSelection } from './selection-context.tsx';
import { useSeveral } from './use-several.ts';

/** Suggestions that fit without scrolling. */
const shownSuggestions = 8;

/** Gives the chosen clients a tag, or takes one from them. */
export function TagDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useLingui();
  const { chosen } = useSelection();
  const { isBusy, run } = useSeveral();
  const [text, setText] = useState('');
  const written = text.trim();
  const worn = [...new Set([...chosen.values()].flatMap(({ tags }) => tags))];
  const isOnAll = (tag: string): boolean => [...chosen.values()].every(({ tags }) => tags.includes(tag));
  const suggestions = useSuggestions(written).filter((tag) => !isOnAll(tag));
  const add = async (tag: string): Promise<void> => {
    const isDone = await run({ addTag: tag }, (changed) =>
      plural(changed, { one: `# cliente com a etiqueta “${tag}”.`, other: `# clientes com a etiqueta “${tag}”.` }),
    );
    if (isDone) onClose();
  };
  const remove = async (tag: string): Promise<void> => {
    const isDone = await run({ removeTag: tag }, (changed) =>
      plural(changed, { one: `# cliente sem a etiqueta “${tag}”.`, other: `# clientes sem a etiqueta “${tag}”.` }),
    );
    if (isDone) onClose();
  };
  return (
    <Dialog label={t`Etiquetas`} onClose={onClose}>
      <form
        className={styles['form']}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (written !== '' && !isBusy) void add(written);
        }}
      >
        <p className={styles['note']}>
          <Plural value={chosen.size} one="Para # cliente selecionado." other="Para # clientes selecionados." />
        </p>
        <div className={styles['field-row']}>
          <TextField
            label={t`Pôr a etiqueta`}
            autoComplete="off"
            autoCapitalize="off"
            enterKeyHint="done"
            maxLength={clientFields.tags.limit}
            data-autofocus=""
            value={text}
            onChange={(event) => {
              setText(event.target.value);
            }}
          />
          <Button type="submit" variant="primary" busy={isBusy} disabled={written === ''}>
            <Trans>Pôr etiqueta</Trans>
          </Button>
        </div>
      </form>
      <TagButtons
        title={t`Usadas na clínica`}
        tags={suggestions}
        labelOf={(tag) => t`Pôr a etiqueta ${tag}`}
        icon={<IconPlus size="1rem" aria-hidden="true" />}
        onChoose={(tag) => void add(tag)}
      />
      <TagButtons
        title={t`Tirar dos selecionados`}
        tags={worn}
        labelOf={(tag) => t`Tirar a etiqueta ${tag}`}
        icon={<IconX size="1rem" aria-hidden="true" />}
        onChoose={(tag) => void remove(tag)}
      />
    </Dialog>
  );
}

/** The clinic's tags that go on as what is written, the most frequent first. */
function useSuggestions(written: string): readonly string[] {
  const { data } = useQuery(filterValuesQuery);
  const start = foldText(written);
  return (data?.tags ?? []).filter((tag) => foldText(tag).includes(start)).slice(0, shownSuggestions);
}

interface TagButtonsProps {
  readonly title: string;
  readonly tags: readonly string[];
  readonly labelOf: (tag: string) => string;
  readonly icon: React.ReactNode;
  readonly onChoose: (tag: string) => void;
}

function TagButtons({ title, tags, labelOf, icon, onChoose }: TagButtonsProps) {
  if (tags.length === 0) return null;
  return (
    <section className={styles['group']}>
      <h3>{title}</h3>
      <div className={styles['chips']}>
        {tags.map((tag) => (
          <Button
            key={tag}
            icon={icon}
            aria-label={labelOf(tag)}
            onClick={() => {
              onChoose(tag);
            }}
          >
            {tag}
          </Button>
        ))}
      </div>
    </section>
  );
}
