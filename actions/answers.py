"""One action per kind of turn. Each reads slots and metadata, asks bot.advice, and passes on what it says."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from bot.advice import tell_danger, tell_dialogue, tell_situation, turn_input
from bot.advice.advisor import Advice, Say, Turn
from bot.advice.memory import DialogueMemory
from bot.advice.understanding import from_dict
from bot.advice.vocabulary import Urgency

Events = list[dict[str, Any]]


class AdviceAction:
    """What every action does: builds the turn, lets danger go first, turns advice into messages and slots.

    Not an ``Action`` itself, since rasa_sdk would register it as one.
    """

    action_name: str
    teller: Callable[[Turn], Advice]
    danger_first: bool

    def name(self) -> str:
        """The name in the domain."""
        return self.action_name

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        """Run the action; called by rasa_sdk once per turn."""
        turn = _turn(tracker)
        acute = turn.understanding.sighting.urgency is Urgency.ACUTE
        advice = tell_danger.tell(turn) if acute and self.danger_first else type(self).teller(turn)
        for say in advice.replies:
            dispatcher.utter_message(json_message=_wire(say))
        outcome = {"assessment": advice.assessment.as_dict(), "effect": advice.effect}
        dispatcher.utter_message(json_message={"outcome": outcome})
        slots = [SlotSet(name, value) for name, value in advice.memory.as_slots().items()]
        # One action answers a turn. Without this, a rule whose slot condition the action itself just changed no
        # longer matches, and the policies would fall back until their limit.
        return [*slots, FollowupAction("action_listen")]


def _turn(tracker: Tracker) -> Turn:
    latest = tracker.latest_message
    chosen = latest.get("chosen") or {}
    understood = latest.get("understanding") or {"intent": latest["intent"]["name"]}
    # What the pipeline decided and what the policies saw are the same name, also for a button.
    understanding = replace(from_dict(understood), intent=str(latest["intent"]["name"]))
    memory = DialogueMemory.from_slots(tracker.slots)
    return turn_input.make(understanding, memory, latest.get("metadata") or {}, str(chosen.get("value", "")))


def _wire(say: Say) -> dict[str, Any]:
    return {
        "kind": say.kind.value,
        "text": say.text,
        "referrals": [{"id": one.id, "why": one.why} for one in say.referrals],
        "choices": [{"title": one.title, "payload": one.payload} for one in say.choices],
    }


def _action(name: str, teller: Callable[[Turn], Advice], danger_first: bool = True) -> type[Action]:
    members = {
        "__module__": __name__,
        "__doc__": teller.__doc__,
        "action_name": name,
        "teller": staticmethod(teller),
        "danger_first": danger_first,
    }
    return type(name, (AdviceAction, Action), members)


ACTIONS = (
    _action("action_advise", tell_situation.tell),
    _action("action_explain", tell_situation.explain),
    _action("action_more", tell_situation.more),
    _action("action_place", tell_situation.place),
    _action("action_danger_answer", tell_danger.answer),
    _action("action_about", tell_dialogue.about),
    _action("action_greet", tell_dialogue.greet),
    _action("action_human", tell_dialogue.human),
    _action("action_private", tell_dialogue.private),
    _action("action_easy", tell_dialogue.easy),
    # Stop, wipe and goodbye work whatever else is going on.
    _action("action_end", tell_dialogue.end, danger_first=False),
    _action("action_small", tell_dialogue.small),
    _action("action_outside", tell_dialogue.outside),
    _action("action_language", tell_dialogue.language),
    _action("action_not_understood", tell_dialogue.not_understood),
)
"""Every action of the domain, by name; rasa_sdk finds them as subclasses of ``Action``."""
