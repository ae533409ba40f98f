//! Which steps a task really gets: a policy's rules choose among its sequences or point at other policies, and so does its
//! baseline (c1.md 3.3). What is demanded in steps that nothing leads to is in force nowhere.

use super::{ConfiguredStep, Policy};

/// More ways than anybody reads; policies that point at each other have more than that.
const MOST: usize = 64;

/// More policies on one way than anybody has.
const DEEPEST: usize = 32;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Way {
    /// The conditions of the rules that were followed, the first first; empty where there is no choice.
    pub(crate) when: Vec<String>,
    /// What it leads to.
    pub(crate) end: End,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum End {
    Steps {
        policy_id: String,
        /// Its name for people.
        policy: String,
        sequence: String,
        /// The numbers of those that demand step-up.
        step_ups: Vec<usize>,
    },
    NoSteps {
        policy: String,
        sequence: String,
    },
    /// At a policy that was not read or is too far away, by its id.
    Unread(String),
    /// Where it was before, by the id of that policy.
    Circle(String),
    /// Nowhere that is told: there are more ways than anybody reads.
    More,
}

impl Policy {
    /// Whether it says something of other policies.
    pub(crate) fn points_elsewhere(&self) -> bool {
        self.baseline.is_some() || self.rules.iter().any(|rule| rule.policy_id.is_some())
    }

    /// Every way through it, or the first of them; the others are where it may point.
    pub(crate) fn ways(&self, others: &[Self]) -> Vec<Way> {
        let mut search = Search {
            others,
            found: Vec::new(),
        };
        search.through(self, &[], &[]);
        search.found
    }

    /// Whether a way leads to these steps of it.
    pub(crate) fn uses(&self, sequence: &str, others: &[Self]) -> bool {
        self.leads_to(&self.id, sequence, others)
    }

    /// Whether one of its ways ends at these steps of a policy, however many ways there are.
    pub(crate) fn leads_to(&self, id: &str, sequence: &str, others: &[Self]) -> bool {
        let reached = self.reached(others);
        let mut there = reached.iter().filter(|policy| policy.id == id);
        there.any(|policy| policy.leads_to_own(sequence))
    }

    /// How many steps demand step-up among those at which its ways end.
    pub(crate) fn step_ups_in_force(&self, others: &[Self]) -> usize {
        let step_ups = |policy: &&Self| -> usize {
            let own = policy.sequences.iter();
            let in_force = own.filter(|(name, _)| policy.leads_to_own(name));
            in_force.map(|(_, steps)| demanding(steps).len()).sum()
        };
        self.reached(others).iter().map(step_ups).sum()
    }

    /// The policies that its ways go through, itself the first.
    fn reached<'a>(&'a self, others: &'a [Self]) -> Vec<&'a Self> {
        let (mut reached, mut at) = (vec![self], 0);
        while let Some(&policy) = reached.get(at) {
            for other in others.iter().filter(|other| policy.points_at(other)) {
                if !reached.iter().any(|known| known.id == other.id) {
                    reached.push(other);
                }
            }
            at += 1;
        }
        reached
    }

    /// Whether a rule or the baseline is these steps of its own, which it has.
    fn leads_to_own(&self, sequence: &str) -> bool {
        let has = self.sequences.iter().any(|(name, _)| name == sequence);
        let mut rules = self.rules.iter().filter(|rule| rule.policy_id.is_none());
        let chosen = rules.any(|rule| rule.sequence.as_deref() == Some(sequence));
        let baseline = || self.baseline.is_none() && self.own_baseline() == sequence;
        has && (chosen || baseline())
    }

    /// Whether a rule or the baseline is that policy.
    fn points_at(&self, other: &Self) -> bool {
        let rules = self.rules.iter().map(|rule| &rule.policy_id);
        let mut pointers = rules.chain([&self.baseline]).flatten();
        pointers.any(|id| *id == other.id)
    }

    /// The sequence that is its baseline where no other policy is.
    fn own_baseline(&self) -> &str {
        let own = self.sequence(None);
        own.map_or(self.kind.as_str(), |(name, _)| name)
    }
}

struct Search<'a> {
    others: &'a [Policy],
    found: Vec<Way>,
}

impl Search<'_> {
    /// The rules in their order, then what holds otherwise.
    fn through(&mut self, policy: &Policy, when: &[String], path: &[&str]) {
        let path = [path, &[policy.id.as_str()]].concat();
        let also = |condition: &str| [when, &[condition.to_owned()]].concat();
        for rule in &policy.rules {
            let when = also(&rule.condition);
            match (&rule.policy_id, &rule.sequence) {
                (Some(id), _) => self.at(id, when, &path),
                (None, sequence) => {
                    self.steps(policy, sequence.as_deref().unwrap_or_default(), when);
                }
            }
        }
        let when = if policy.rules.is_empty() {
            when.to_vec()
        } else {
            also("otherwise")
        };
        if let Some(id) = &policy.baseline {
            return self.at(id, when, &path);
        }
        self.steps(policy, policy.own_baseline(), when);
    }

    fn at(&mut self, id: &str, when: Vec<String>, path: &[&str]) {
        if self.found.len() > MOST {
            return;
        }
        if path.contains(&id) {
            return self.end(when, End::Circle(id.to_owned()));
        }
        let other = self.others.iter().find(|one| one.id == id);
        match other.filter(|_| path.len() < DEEPEST) {
            Some(policy) => self.through(policy, &when, path),
            None => self.end(when, End::Unread(id.to_owned())),
        }
    }

    fn steps(&mut self, policy: &Policy, sequence: &str, when: Vec<String>) {
        let found = policy.sequences.iter().find(|(name, _)| name == sequence);
        let end = found.map_or_else(
            || End::NoSteps {
                policy: policy.display_name.clone(),
                sequence: sequence.to_owned(),
            },
            |(_, steps)| End::Steps {
                policy_id: policy.id.clone(),
                policy: policy.display_name.clone(),
                sequence: sequence.to_owned(),
                step_ups: demanding(steps),
            },
        );
        self.end(when, end);
    }

    fn end(&mut self, when: Vec<String>, end: End) {
        match self.found.len() {
            MOST => self.found.push(Way {
                when: Vec::new(),
                end: End::More,
            }),
            fewer if fewer < MOST => self.found.push(Way { when, end }),
            _ => {}
        }
    }
}

fn demanding(steps: &[ConfiguredStep]) -> Vec<usize> {
    let numbered = steps.iter().enumerate();
    let demanding = numbered.filter(|(_, step)| step.step_up_provider_id.is_some());
    demanding.map(|(index, _)| index + 1).collect()
}

#[cfg(test)]
mod tests {
    use super::super::PolicyRule;
    use super::*;

    fn policy(id: &str, step_up: bool, baseline: Option<&str>, rules: &[(&str, &str)]) -> Policy {
        let step = ConfiguredStep {
            kind: "approval".to_owned(),
            step_up_provider_id: step_up.then(|| "p".to_owned()),
            ..ConfiguredStep::default()
        };
        let rule = |(condition, to): &(&str, &str)| PolicyRule {
            condition: (*condition).to_owned(),
            policy_id: to.strip_prefix('@').map(str::to_owned),
            sequence: (!to.starts_with('@')).then(|| (*to).to_owned()),
        };
        Policy {
            id: id.to_owned(),
            display_name: id.to_uppercase(),
            kind: "grant".to_owned(),
            sequences: ["grant", "emergency"]
                .map(|name| (name.to_owned(), vec![step.clone()]))
                .into(),
            baseline: baseline.map(str::to_owned),
            rules: rules.iter().map(rule).collect(),
        }
    }

    /// The ways in short: conditions, and the end.
    fn ways(policy: &Policy, others: &[Policy]) -> Vec<String> {
        let end = |end: &End| match end {
            End::Steps {
                policy_id,
                sequence,
                step_ups,
                ..
            } => format!("{policy_id}.{sequence}{step_ups:?}"),
            End::NoSteps { sequence, .. } => format!("no {sequence}"),
            End::Unread(id) => format!("unread {id}"),
            End::Circle(id) => format!("circle {id}"),
            End::More => "more".to_owned(),
        };
        let ways = policy.ways(others);
        let way = |way: &Way| format!("{}: {}", way.when.join(", "), end(&way.end));
        ways.iter().map(way).collect()
    }

    #[test]
    fn rules_and_baseline_are_followed_into_other_policies() {
        let base = policy("b", false, None, &[]);
        let strict = policy("s", true, None, &[("night", "emergency")]);
        let others = [base, strict];
        for (policy, expected) in [
            (policy("a", true, None, &[]), &[": a.grant[1]"][..]),
            (policy("a", true, Some("b"), &[]), &[": b.grant[]"]),
            (
                policy("a", false, Some("s"), &[("x", "@b"), ("y", "emergency")]),
                &[
                    "x: b.grant[]",
                    "y: a.emergency[]",
                    "otherwise, night: s.emergency[1]",
                    "otherwise, otherwise: s.grant[1]",
                ],
            ),
            (
                policy("a", true, Some("gone"), &[("x", "nothing")]),
                &["x: no nothing", "otherwise: unread gone"],
            ),
        ] {
            assert_eq!(ways(&policy, &others), expected);
        }
    }

    #[test]
    fn policies_that_point_at_each_other_come_to_an_end() {
        let a = policy("a", true, Some("b"), &[]);
        let b = policy("b", true, Some("a"), &[]);
        let others = [a.clone(), b];
        assert_eq!(ways(&a, &others), [": circle a"]);
        assert!(!a.uses("grant", &others));
        // Each points at each of the others.
        let all: Vec<String> = (0..12).map(|one| format!("{one}")).collect();
        let to: Vec<String> = all.iter().map(|one| format!("@{one}")).collect();
        let rules: Vec<(&str, &str)> = to.iter().map(|to| ("x", to.as_str())).collect();
        let maze: Vec<Policy> = all
            .iter()
            .map(|id| policy(id, true, None, &rules))
            .collect();
        let ways = ways(&maze[0], &maze);
        assert_eq!((ways.len(), ways[MOST].as_str()), (MOST + 1, ": more"));
    }

    #[test]
    fn steps_behind_more_ways_than_are_shown_are_in_force() {
        let many = vec![("x", "grant"); MOST];
        let last = [many.as_slice(), &[("y", "emergency")]].concat();
        let a = policy("a", true, None, &last);
        assert!(a.uses("emergency", &[]) && !a.uses("revoke", &[]));
        assert_eq!(a.step_ups_in_force(&[]), 2);
        // In a chain, and past rules that all lead elsewhere.
        let far: Vec<Policy> = (0..3 * DEEPEST)
            .map(|one| policy(&one.to_string(), true, Some(&(one + 1).to_string()), &many))
            .collect();
        let end = (3 * DEEPEST - 1).to_string();
        assert!(far[0].leads_to(&end, "grant", &far));
        assert!(!far[1].leads_to("0", "grant", &far));
    }

    #[test]
    fn what_is_pointed_at_is_in_force_for_those_who_point() {
        let base = policy("b", true, None, &[]);
        let a = policy("a", true, Some("b"), &[]);
        let others = [base];
        assert!(!a.uses("grant", &others) && a.leads_to("b", "grant", &others));
        assert!(others[0].uses("grant", &others) && !others[0].uses("emergency", &others));
    }
}
