//! Rules of listeners.

use gwchain_core::account::{Listener, Rule};
use gwchain_core::diff::Operation;
use gwchain_core::id::Text;
use gwchain_core::model::listener::ListenerRule;

use super::{Call, Cloud, describe};

/// Rules that a load balancer may have.
const QUOTA: usize = 100;

impl Cloud {
    pub(super) fn rules(&mut self, operation: &Operation, call: &Call<'_>) -> Result<Option<Text>, String> {
        match operation {
            Operation::CreateRule { spec, tags } => {
                let mut rule = rule(call, spec)?;
                rule.rule_arn = self.arn("listener-rule", "rule");
                rule.tags = Some(tags.clone());
                let arn = rule.rule_arn.clone();
                self.check_forwarding(&call.text(&spec.listener_arn)?, &rule.actions)?;
                let listener = self.listener(&call.text(&spec.listener_arn)?)?;
                let rules = listener.rules.get_or_insert_default();
                if rules.iter().any(|other| other.priority == rule.priority) {
                    return Err(format!("PriorityInUse: {}", rule.priority));
                }
                if rules.len() == QUOTA {
                    return Err("TooManyRules".to_owned());
                }
                rules.push(rule);
                return Ok(Some(arn));
            }
            Operation::ModifyRule { rule: arn, spec } => {
                let wanted = rule(call, spec)?;
                let listener = self.listener_of(arn)?.listener_arn.clone();
                self.check_forwarding(&listener, &wanted.actions)?;
                let rules = self.listener_of(arn)?.rules.get_or_insert_default();
                for rule in rules.iter_mut().filter(|rule| rule.rule_arn == *arn) {
                    rule.conditions.clone_from(&wanted.conditions);
                    rule.actions.clone_from(&wanted.actions);
                    rule.transforms.clone_from(&wanted.transforms);
                }
            }
            Operation::SetRulePriorities { priorities } => self.set_priorities(priorities)?,
            Operation::DeleteRule { rule } => {
                let rules = self.listener_of(rule)?.rules.get_or_insert_default();
                rules.retain(|one| one.rule_arn != *rule);
            }
            other => return Err(format!("{} is not about rules", other.name())),
        }
        Ok(None)
    }

    fn listener_of(&mut self, rule: &Text) -> Result<&mut Listener, String> {
        let listeners = self.account.load_balancers.iter_mut().flat_map(|lb| lb.listeners.iter_mut().flatten());
        let has = |listener: &&mut Listener| listener.rules.iter().flatten().any(|one| one.rule_arn == *rule);
        listeners.into_iter().find(has).ok_or_else(|| format!("RuleNotFound: {rule}"))
    }

    /// All at once: only the outcome must be free of ties.
    fn set_priorities(&mut self, priorities: &[(Text, usize)]) -> Result<(), String> {
        for (rule, priority) in priorities {
            let rules = self.listener_of(rule)?.rules.get_or_insert_default();
            for one in rules.iter_mut().filter(|one| one.rule_arn == *rule) {
                one.priority = priority.to_string().into();
            }
        }
        let Some((first, _)) = priorities.first() else {
            return Ok(());
        };
        let listener = self.listener_of(first)?;
        let mut all: Vec<&Text> = listener.rules.iter().flatten().map(|rule| &rule.priority).collect();
        let count = all.len();
        all.sort();
        all.dedup();
        if all.len() == count { Ok(()) } else { Err("PriorityInUse".to_owned()) }
    }
}

fn rule(call: &Call<'_>, spec: &ListenerRule) -> Result<Rule, String> {
    Ok(Rule {
        rule_arn: Text::default(),
        priority: spec.priority.to_string().into(),
        conditions: spec.conditions.iter().map(describe::condition).collect(),
        actions: describe::actions(call, &spec.actions)?,
        transforms: spec.transforms.iter().map(describe::transform).collect(),
        tags: None,
    })
}
