//! Rules of a listener, matched by what they do, then by priority (controller §3.6).
//!
//! All rules of a listener are ours. No two of them ever have one priority: planned priorities differ, rules that match
//! sit on theirs, those that go leave the low ones in the same call in which others are moved.

use super::change::{Action, FieldChange, ResourceId, ResourceKind};
use super::draft::{Draft, Drafts, Token};
use super::existing::GONE;
use super::field::{Fields, shown};
use super::operation::Operation;
use super::{Stacked, action, listener, tags};
use crate::account::{Listener as SeenListener, Rule as Seen};
use crate::id::Text;
use crate::model::listener::{Condition, Listener, ListenerRule, Transform};
use crate::model::{Resource, Value, action as model};

/// Rules that one load balancer may have (users-and-limits §4.1).
const QUOTA: usize = 100;
/// The highest priority; rules that are about to go wait there.
const HIGHEST: usize = 50_000;

/// What a rule does, in normal form.
#[derive(PartialEq)]
struct Settings {
    conditions: Vec<Condition>,
    actions: Vec<model::Action>,
    transforms: Vec<Transform>,
}

/// A planned rule with the existing one it becomes of.
struct Matched<'a> {
    planned: &'a Resource<ListenerRule>,
    settings: Settings,
    seen: Option<&'a Seen>,
    is_equal: bool,
}

/// Drafts what becomes of the rules of `planned`; `seen` is that listener as it stands, if it stays.
pub fn draft(stacked: Stacked<'_>, drafts: &mut Drafts, planned: &Resource<Listener>, seen: Option<&SeenListener>) {
    let port = planned.spec.port;
    let rules = stacked.wanted.model.iter().flat_map(|stack| &stack.rules);
    let rules = rules.filter(|rule| matches!(rule.spec.listener_arn, Value::ListenerArn(of) if of == port));
    let all: &[Seen] = match seen {
        // Nobody looked: nothing is compared.
        Some(SeenListener { rules: None, .. }) => return,
        Some(SeenListener { rules: Some(all), .. }) => all,
        None => &[],
    };
    let (stuck, usable): (Vec<&Seen>, Vec<&Seen>) = all.iter().partition(|seen| is_stuck(stacked, seen));
    let (matched, mut gone) = matched(stacked, rules, usable);
    gone.extend(stuck);
    let parent = stacked.id(ResourceKind::Listener, &planned.id);
    let moved = reprioritise(drafts, &parent, &matched, &gone, seen);
    let is_full = all.len() + matched.iter().filter(|one| one.seen.is_none()).count() > QUOTA;
    for one in &matched {
        match one.seen {
            Some(seen) => update(stacked, drafts, one, seen, moved.as_ref()),
            None => create(stacked, drafts, &parent, one, (moved.as_ref(), is_full.then_some(&gone))),
        }
    }
    for seen in gone {
        delete(stacked, drafts, &parent, seen, (moved.as_ref(), !is_full));
    }
}

/// Whether it forwards to a target group that must go before its successor can come.
fn is_stuck(stacked: Stacked<'_>, seen: &Seen) -> bool {
    let mut groups = seen.actions.iter().flat_map(crate::account::Action::target_groups);
    groups.any(|group| stacked.names.is_in_the_way(group))
}

fn wanted(stacked: Stacked<'_>, spec: &ListenerRule) -> Settings {
    Settings {
        conditions: action::wanted_conditions(&spec.conditions),
        actions: action::wanted(&spec.actions, |value| stacked.names.bind(value, &stacked.wanted.stack)),
        transforms: spec.transforms.clone(),
    }
}

fn settings(seen: &Seen) -> Option<Settings> {
    Some(Settings {
        conditions: action::seen_conditions(&seen.conditions)?,
        actions: action::seen(&seen.actions)?,
        transforms: action::seen_transforms(&seen.transforms)?,
    })
}

/// Planned rules with the existing ones that become them, and what is left over: equal settings and priority first,
/// then equal settings, then equal priority.
fn matched<'a>(
    stacked: Stacked<'_>,
    rules: impl Iterator<Item = &'a Resource<ListenerRule>>,
    all: Vec<&'a Seen>,
) -> (Vec<Matched<'a>>, Vec<&'a Seen>) {
    let mut left: Vec<(&Seen, Option<Settings>)> = all.into_iter().map(|seen| (seen, settings(seen))).collect();
    let mut matched: Vec<Matched<'a>> = rules
        .map(|planned| Matched { planned, settings: wanted(stacked, &planned.spec), seen: None, is_equal: false })
        .collect();
    let equal = |one: &Matched<'_>, settings: &Option<Settings>| settings.as_ref() == Some(&one.settings);
    let same = |one: &Matched<'_>, seen: &Seen| seen.number() == Some(one.planned.spec.priority);
    take(&mut matched, &mut left, true, |one, (seen, settings)| equal(one, settings) && same(one, seen));
    take(&mut matched, &mut left, true, |one, (_, settings)| equal(one, settings));
    take(&mut matched, &mut left, false, |one, (seen, _)| same(one, seen));
    (matched, left.into_iter().map(|(seen, _)| seen).collect())
}

fn take<'a>(
    matched: &mut [Matched<'a>],
    left: &mut Vec<(&'a Seen, Option<Settings>)>,
    is_equal: bool,
    fits: impl Fn(&Matched<'a>, &(&'a Seen, Option<Settings>)) -> bool,
) {
    for one in matched.iter_mut().filter(|one| one.seen.is_none()) {
        if let Some(place) = left.iter().position(|candidate| fits(one, candidate)) {
            one.seen = Some(left.remove(place).0);
            one.is_equal = is_equal;
        }
    }
}

/// Moves rules that keep their settings to their new priorities, and those that go out of the way, in one call.
fn reprioritise(
    drafts: &mut Drafts,
    parent: &ResourceId,
    matched: &[Matched<'_>],
    gone: &[&Seen],
    listener: Option<&SeenListener>,
) -> Option<Token> {
    let moves = matched.iter().filter_map(|one| {
        let seen = one.seen.filter(|seen| seen.number() != Some(one.planned.spec.priority))?;
        Some((seen, one.planned))
    });
    let moves: Vec<(&Seen, &Resource<ListenerRule>)> = moves.collect();
    let listener = listener.filter(|_| !moves.is_empty())?;
    let mut priorities: Vec<(Text, usize)> =
        moves.iter().map(|(seen, planned)| (seen.rule_arn.clone(), planned.spec.priority)).collect();
    let aside = (0..gone.len()).map(|place| HIGHEST - place);
    priorities.extend(gone.iter().rev().map(|seen| seen.rule_arn.clone()).zip(aside));
    let fields = moves.iter().map(|(seen, planned)| FieldChange {
        field: format!("rules[{}].priority", planned.id).into(),
        before: shown(seen.number()),
        after: shown(planned.spec.priority),
        origin: planned.origins.get("priority").cloned(),
    });
    let token = Token::Modified(format!("{}#priorities", listener.listener_arn).into());
    let fields = fields.collect();
    let draft = Draft::new(parent.clone(), Action::Update, Operation::SetRulePriorities { priorities });
    drafts.add(draft.fields(fields).gives_token(token.clone()));
    Some(token)
}

fn bound(stacked: Stacked<'_>, spec: &ListenerRule) -> Box<ListenerRule> {
    let mut spec = spec.clone();
    spec.listener_arn = stacked.names.bind(&spec.listener_arn, &stacked.wanted.stack);
    spec.actions = listener::bind_actions(stacked, &spec.actions);
    Box::new(spec)
}

fn create(
    stacked: Stacked<'_>,
    drafts: &mut Drafts,
    parent: &ResourceId,
    one: &Matched<'_>,
    (moved, instead): (Option<&Token>, Option<&Vec<&Seen>>),
) {
    let id = stacked.id(ResourceKind::ListenerRule, &one.planned.id);
    let spec = bound(stacked, &one.planned.spec);
    let tags = tags::wanted(stacked, &one.planned.id, &one.planned.spec.tags);
    let draft = Draft::new(id.clone(), Action::Create, Operation::CreateRule { spec, tags });
    let mut draft =
        listener::forwarding(stacked, draft, &one.planned.spec.actions).needs(Some(parent.clone())).gives(id);
    draft.needs.extend(moved.cloned());
    // At the quota old rules make room for new ones.
    draft.needs.extend(instead.into_iter().flatten().map(|seen| Token::Gone(seen.rule_arn.clone())));
    draft.gives.push(Token::Created(parent.clone()));
    drafts.add(draft);
}

fn update(stacked: Stacked<'_>, drafts: &mut Drafts, one: &Matched<'_>, seen: &Seen, moved: Option<&Token>) {
    let id = stacked.id(ResourceKind::ListenerRule, &one.planned.id);
    if !one.is_equal {
        let operation = Operation::ModifyRule { rule: seen.rule_arn.clone(), spec: bound(stacked, &one.planned.spec) };
        let draft = Draft::new(id.clone(), Action::Update, operation).fields(compared(one, seen));
        let mut draft = listener::forwarding(stacked, draft, &one.planned.spec.actions);
        draft.needs.extend(moved.cloned());
        drafts.add(listener::dropping(stacked, draft, &seen.actions, &one.planned.spec.actions));
    }
    if let Some(now) = &seen.tags {
        let wanted = tags::wanted(stacked, &one.planned.id, &one.planned.spec.tags);
        let place = (tags::Api::Elbv2, &id, &seen.rule_arn);
        tags::draft(drafts, place, (now, &wanted), (&one.planned.origins, stacked.context));
    }
}

fn compared(one: &Matched<'_>, seen: &Seen) -> Vec<FieldChange> {
    let (wanted, origins) = (&one.settings, &one.planned.origins);
    let mut fields = Fields::default();
    let now = settings(seen);
    fields.compare("conditions", now.as_ref().map(|now| &now.conditions), Some(&wanted.conditions), origins);
    fields.compare("actions", now.as_ref().map(|now| &now.actions), Some(&wanted.actions), origins);
    fields.compare("transforms", now.as_ref().map(|now| &now.transforms), Some(&wanted.transforms), origins);
    fields.done()
}

fn delete(
    stacked: Stacked<'_>,
    drafts: &mut Drafts,
    parent: &ResourceId,
    seen: &Seen,
    (moved, after_creations): (Option<&Token>, bool),
) {
    let port = parent.id.clone();
    let id = stacked.id(ResourceKind::ListenerRule, &format!("{port}:{}", seen.priority).into());
    let operation = Operation::DeleteRule { rule: seen.rule_arn.clone() };
    let draft = Draft::new(id, Action::Delete, operation).because(GONE);
    let mut draft = draft.gives_token(Token::Gone(seen.rule_arn.clone()));
    draft.needs.extend(moved.cloned());
    if after_creations && !is_stuck(stacked, seen) {
        draft.needs.push(Token::Created(parent.clone()));
    }
    drafts.add(listener::dropping(stacked, draft, &seen.actions, &[]));
}
