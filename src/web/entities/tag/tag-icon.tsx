import {
  IconAlertTriangle,
  IconBabyCarriage,
  IconDroplet,
  IconHeart,
  IconPill,
  IconShoe,
  IconStar,
  IconTag,
} from '@tabler/icons-react';
import type { TagIcon as TagIconName } from '../../../shared/contracts/tags.ts';

const icons = {
  tag: IconTag,
  alert: IconAlertTriangle,
  droplet: IconDroplet,
  pill: IconPill,
  baby: IconBabyCarriage,
  heart: IconHeart,
  shoe: IconShoe,
  star: IconStar,
} satisfies Readonly<Record<TagIconName, typeof IconTag>>;

export function TagIcon({ icon, size = '0.9375rem' }: { readonly icon: TagIconName; readonly size?: string }) {
  const Icon = icons[icon];
  return <Icon size={size} aria-hidden="true" />;
}
