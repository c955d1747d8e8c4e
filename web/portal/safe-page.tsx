// What stands in place of a page that broke: what happened, and two ways on.
import { Component, type ComponentChildren } from 'preact';
import { wordsOf } from '../i18n/words.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';

interface SafeOptions {
  readonly language: 'zh' | 'en';
  /** True where what the page shows could not be worked out. */
  readonly hasFailed: boolean;
  /** Works it out once more. */
  readonly onAgain: () => void;
  readonly onClear: () => void;
  readonly children: ComponentChildren;
}

/** Catches what breaks below it; the answers are kept unless the reader clears them. */
export class SafePage extends Component<SafeOptions, { isBroken: boolean }> {
  override state = { isBroken: false };

  static override getDerivedStateFromError(): { isBroken: boolean } {
    return { isBroken: true };
  }

  override render() {
    if (!this.state.isBroken && !this.props.hasFailed) return this.props.children;
    const words = wordsOf(this.props.language).broken;
    return (
      <div role="alert">
        <h1 id="title" tabIndex={-1}>{words.title}</h1>
        <EmptyState>{words.what}</EmptyState>
        <div class="letter-acts">
          <Button
            tone="primary"
            onPress={() => {
              this.props.onAgain();
              this.setState({ isBroken: false });
            }}
          >
            {words.again}
          </Button>
          <Button
            onPress={() => {
              this.props.onClear();
              this.setState({ isBroken: false });
            }}
          >
            {words.clear}
          </Button>
        </div>
      </div>
    );
  }
}
