import parts from './sample-parts.module.css';
import styles from './design-system-page.module.css';
import { Trans, useLingui } from '@lingui/react/macro';
import { Page } from '../../ui/page.tsx';
import { ButtonSection } from './button-section.tsx';
import { ChoiceSection } from './choice-section.tsx';
import { FieldSection } from './field-section.tsx';
import { LayerSection } from './layer-section.tsx';
import { LookControls } from './look-controls.tsx';
import { PaletteSection } from './palette-section.tsx';
import { PersonSection } from './person-section.tsx';
import { StateSection } from './state-section.tsx';
import { TypeSection } from './type-section.tsx';

/** Every part of `src/web/ui` in all its states, for whoever builds pages. Not in the navigation; needs no sign-in. */
export function DesignSystemPage() {
  const { t } = useLingui();
  return (
    <main className={styles['design-system']}>
      <Page title={t`Sistema visual`}>
        <p className={parts['samples-note']}>
          <Trans>As peças com que o Acolhe é feito, em todos os seus estados.</Trans>
        </p>
        <LookControls />
        <PersonSection />
        <PaletteSection />
        <TypeSection />
        <ButtonSection />
        <FieldSection />
        <ChoiceSection />
        <LayerSection />
        <StateSection />
      </Page>
    </main>
  );
}
