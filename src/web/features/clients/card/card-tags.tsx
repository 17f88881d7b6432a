import styles from './card-tags.module.css';
import { TagLink } from '../../../entities/tag/tag-link.tsx';
import { useTagLooks } from '../../../entities/tag/tag-queries.ts';

/** The tags of the card, those that warn first. Each narrows the list to those who have it. */
export const CardTags = ({ tags }: { readonly tags: readonly string[] }) => (
  <ul className={styles['card-tag-list']}>
    {useTagLooks(tags).map((tag) => (
      <li key={tag.name}>
        <TagLink tag={tag} />
      </li>
    ))}
  </ul>
);
