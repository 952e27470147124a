/** Help: what one sees here in a few sentences, what to try, the shortcuts, the meaning of the colours, and whom to thank. */
import { useTranslation } from 'react-i18next';
import { Dialog } from '../components/Dialog.tsx';
import { Kbd } from '../components/Kbd.tsx';
import { type Action, actions, shortcutTexts } from './actions.ts';

/** Keys that a panel handles while the focus is in it; the page's own are in `actions`. */
const keysOfPanels = [
  { keys: ['←', '↑', '→', '↓'], meaning: 'pin' },
  { keys: ['Shift+←', 'Shift+↑', 'Shift+→', 'Shift+↓'], meaning: 'pinFar' },
  { keys: ['Home', 'End'], meaning: 'pinEnds' },
  { keys: ['PageUp', 'PageDown'], meaning: 'map' },
  { keys: ['Enter'], meaning: 'open' },
  { keys: ['+', '-', '0'], meaning: 'zoom' },
  { keys: ['Esc'], meaning: 'escape' },
  { keys: ['Enter', 'F2', '0–9'], meaning: 'cell' },
  { keys: ['Home', 'End', 'PageUp', 'PageDown'], meaning: 'cellEnds' },
  { keys: ['+', '-', 'Delete', 'Backspace'], meaning: 'cellStep' },
  { keys: ['←', '→', 'Home', 'End'], meaning: 'filters' },
  { keys: ['←', '→', 'PageUp', 'PageDown', 'Home', 'End'], meaning: 'slider' },
  { keys: ['↑', '↓', 'PageUp', 'PageDown'], meaning: 'field' },
  { keys: ['Enter', 'Shift+Enter', 'Esc'], meaning: 'code' },
  { keys: ['←', '↑', '→', '↓', 'Space'], meaning: 'brush' },
] as const;

const touches = ['pin', 'zoom', 'cell', 'sheet'] as const;

export default function HelpDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation('help');
  const { t: ofPage } = useTranslation();
  return (
    <Dialog open onClose={onClose} title={t('title')} size="wide">
      <div className="help">
        <p>{t('intro')}</p>
        <p>{t('counting')}</p>
        <section>
          <h3>{t('try')}</h3>
          <ol className="help-try">
            <li>{t('try1')}</li>
            <li>{t('try2')}</li>
            <li>{t('try3')}</li>
            <li>{t('try4')}</li>
          </ol>
        </section>
        <section>
          <h3>{t('colours')}</h3>
          <ul className="help-colours">
            <li>
              <span className="token-square input" /> {t('colourInput')}
            </li>
            <li>
              <span className="token-square weights" /> {t('colourWeights')}
            </li>
            <li>
              <span className="token-square maps" /> {t('colourMaps')}
            </li>
            <li>
              <span className="token-square field" /> {t('colourField')}
            </li>
          </ul>
        </section>
        <section>
          <h3>{t('touch')}</h3>
          <ul>
            {touches.map((name) => (
              <li key={name}>{t(`touches.${name}`)}</li>
            ))}
          </ul>
        </section>
        <section className="help-shortcuts">
          <h3>{t('shortcuts')}</h3>
          <dl className="help-keys">
            {Object.values<Action>(actions).map((action) => {
              const keys = shortcutTexts(action);
              return keys.length === 0 ? null : <KeysOf key={action.name} keys={keys} meaning={ofPage(action.name)} />;
            })}
            {keysOfPanels.map(({ keys, meaning }) => (
              <KeysOf key={meaning} keys={keys} meaning={t(`keys.${meaning}`)} />
            ))}
          </dl>
        </section>
        <section className="help-credits">
          <h3>{t('credits')}</h3>
          <p>{t('photos')}</p>
          <p>{t('models')}</p>
          <p>{t('fonts')}</p>
          <p>{t('privacy')}</p>
        </section>
      </div>
    </Dialog>
  );
}

function KeysOf({ keys, meaning }: { readonly keys: readonly string[]; readonly meaning: string }) {
  return (
    <div>
      <dt>
        {keys.map((key) => (
          <Kbd key={key}>{key}</Kbd>
        ))}
      </dt>
      <dd>{meaning}</dd>
    </div>
  );
}
