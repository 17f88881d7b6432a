import styles from './help-page.module.css';
import { Trans, useLingui } from '@lingui/react/macro';
import { Link, useParams } from '@tanstack/react-router';
import { IconBook } from '@tabler/icons-react';
import { ButtonLink } from '../../ui/button.tsx';
import { Page } from '../../ui/page.tsx';
import { EmptyState } from '../../ui/states.tsx';
import { findGuidePage, findPicture } from './guide-pages.ts';
import { type Block, readMarkdown, type Run } from './markdown.ts';

/** A page of the guide, or its contents. The guide is Portuguese, with a short English page. */
export function HelpPage() {
  const { t, i18n } = useLingui();
  const contents = i18n.locale === 'en' ? 'english' : 'README';
  const { pagina: name } = useParams({ strict: false });
  const text = findGuidePage(name ?? contents);
  if (text === undefined) return <NoPage />;
  const [title, ...blocks] = readMarkdown(text);
  return (
    <Page
      title={name === undefined || title?.kind !== 'title' ? t`Ajuda` : joinTexts(title.runs)}
      {...(name !== undefined && { parent: { to: '/ajuda', label: t`Ajuda` } })}
      width="text"
    >
      <article className={styles['guide']} lang={(name ?? contents) === 'english' ? 'en' : 'pt-BR'}>
        {blocks.map((block, index) => (
          <GuideBlock key={index} block={block} />
        ))}
      </article>
    </Page>
  );
}

const joinTexts = (runs: readonly Run[]): string => runs.map(({ text }) => text).join('');

function GuideBlock({ block }: { readonly block: Block }) {
  if (block.kind === 'picture')
    return <img className={styles['picture']} src={findPicture(block.path)} alt={block.alt} loading="lazy" />;
  if ('items' in block) {
    const List = block.kind === 'list' ? 'ul' : 'ol';
    return (
      <List className={styles['list']}>
        {block.items.map((runs, index) => (
          <li key={index}>
            <Runs runs={runs} />
          </li>
        ))}
      </List>
    );
  }
  const Text = block.kind === 'text' ? 'p' : 'h2';
  return (
    <Text>
      <Runs runs={block.runs} />
    </Text>
  );
}

const Runs = ({ runs }: { readonly runs: readonly Run[] }) =>
  runs.map(({ text, isStrong, to }) => {
    if (to !== undefined)
      return (
        <Link key={text} to="/ajuda/$pagina" params={{ pagina: to.replace(/\.md$/, '') }}>
          {text}
        </Link>
      );
    return isStrong === true ? <strong key={text}>{text}</strong> : text;
  });

function NoPage() {
  const { t } = useLingui();
  return (
    <Page title={t`Ajuda`} width="text">
      <EmptyState
        tone="neutral"
        icon={<IconBook />}
        title={t`Esta página da ajuda não existe`}
        actions={
          <ButtonLink to="/ajuda" replace>
            <Trans>Ver toda a ajuda</Trans>
          </ButtonLink>
        }
      >
        <Trans>O endereço pode ter alguma diferença.</Trans>
      </EmptyState>
    </Page>
  );
}
