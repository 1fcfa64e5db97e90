import type { LiveConversation } from '../../state/conversation.ts';
import type { Model } from '../../state/model.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { fill, r } from '../../ui/lazy/texts.ts';
import { Card } from '../card.tsx';
import { HomeView } from '../home.tsx';

/** Home while a conversation is open: a card back to it, and the other departments. */
export default function HomeAgain(props: { model: Model; live: LiveConversation }) {
  const { model, live } = props;
  const name = () => live.department.name;
  const instead = {
    title: r.change,
    // A getter, since the conversation may be moved meanwhile.
    get hint() {
      return fill(r.changeHint, { department: name() });
    },
    get card() {
      return (
        <Card
          avatar={<Avatar name={name()} />}
          name={name()}
          note={r.resume}
          onPick={() => model.go({ name: 'chat' })}
        />
      );
    },
  };
  return <HomeView model={model} instead={instead} />;
}
