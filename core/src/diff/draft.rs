//! A change before it has its place: what it gives and needs, which references it drops, and what it ends.
//!
//! [`super::order`] turns these into "after".

use super::change::{Action, Blocked, Change, FieldChange, ResourceId};
use super::operation::Operation;
use crate::id::Text;

/// Something that a change brings about.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Token {
    /// A resource exists.
    Exists(ResourceId),
    /// A load balancer serves.
    Active(ResourceId),
    /// The ALB is a target of the target group.
    Registered(ResourceId),
    /// New permissions of the security group with this id are in force.
    Authorized(Text),
    /// All new rules of a listener exist.
    Created(ResourceId),
    /// The listener with this ARN has its new default certificate and actions.
    Modified(Text),
    /// The load balancer with this ARN has no deletion protection any more.
    Unprotected(Text),
    /// The resource with this ARN is gone.
    Gone(Text),
    /// The target group with this ARN has no target any more.
    Emptied(Text),
}

/// A reference that holds something fast: what is held, and by which load balancer or group.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Hold {
    /// ARN or id; a listener of a load balancer as `ARN:port`.
    pub held: Text,
    /// ARN or id of the holder.
    pub holder: Text,
}

/// A change with its conditions.
#[derive(Clone, Debug)]
pub struct Draft {
    /// The change; `after` is still empty.
    pub change: Change,
    /// What it brings about.
    pub gives: Vec<Token>,
    /// What must have been brought about, if anything in the set does so.
    pub needs: Vec<Token>,
    /// References that it lets go.
    pub drops: Vec<Hold>,
    /// What it deletes: nothing may hold it any more.
    pub ends: Vec<Text>,
    /// Target groups it attaches to a load balancer: no other one may hold them.
    pub takes: Vec<Hold>,
}

impl Draft {
    /// A change without conditions.
    pub fn new(resource: ResourceId, action: Action, operation: Operation) -> Self {
        let change = Change { resource, action, operation, fields: Vec::new(), cause: None, after: Vec::new() };
        Self { change, gives: Vec::new(), needs: Vec::new(), drops: Vec::new(), ends: Vec::new(), takes: Vec::new() }
    }

    /// With the fields it changes.
    pub fn fields(mut self, fields: Vec<FieldChange>) -> Self {
        self.change.fields = fields;
        self
    }

    /// With the reason for it.
    pub fn because(mut self, cause: impl Into<String>) -> Self {
        self.change.cause = Some(cause.into());
        self
    }

    /// With a resource that exists afterwards.
    pub fn gives(self, resource: ResourceId) -> Self {
        self.gives_token(Token::Exists(resource))
    }

    /// With something else that it brings about.
    pub fn gives_token(mut self, token: Token) -> Self {
        self.gives.push(token);
        self
    }

    /// With something that must have been brought about before, if anything does so.
    pub fn waits(mut self, token: Token) -> Self {
        self.needs.push(token);
        self
    }

    /// With a resource that must exist before.
    pub fn needs(mut self, resource: Option<ResourceId>) -> Self {
        self.needs.extend(resource.map(Token::Exists));
        self
    }

    /// With something that nothing may hold any more.
    pub fn ends(mut self, what: &Text) -> Self {
        self.ends.push(what.clone());
        self
    }

    /// With a reference that it lets go.
    pub fn drops(mut self, held: impl Into<Text>, holder: &Text) -> Self {
        self.drops.push(Hold { held: held.into(), holder: holder.clone() });
        self
    }
}

/// All changes in the making.
#[derive(Debug, Default)]
pub struct Drafts {
    /// Changes.
    pub all: Vec<Draft>,
    /// What may not be touched.
    pub blocked: Vec<Blocked>,
}

impl Drafts {
    /// Adds a change.
    pub fn add(&mut self, draft: Draft) {
        self.all.push(draft);
    }
}
