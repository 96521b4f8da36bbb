//! All clients of a run, the ledger they share, and what the run waits for. One thread: nothing here is locked.

use super::client::{Client, Order, Who, site};
use super::ledger::Ledger;
use super::world::World;
use anyhow::{Context, Result, bail};
use protocol::limits::VISITOR_SECRET_BYTES;
use protocol::{QueueId, RequestId, SiteId, Timestamp, VisitorSecret};
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::rc::Rc;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};
use tokio::sync::{Notify, mpsc};

/// Conversations being opened at the same time.
const OPENING_AT_ONCE: usize = 64;

/// Clients that dial at the same time while a run is prepared.
const DIALLING_AT_ONCE: usize = 128;

/// The byte of a request's name where a message has its mark.
const NO_MESSAGE: u8 = 0;

/// Who is there.
#[derive(Clone, Copy, Debug)]
pub struct Shape {
    /// Visitors, each with one conversation.
    pub visitors: usize,
    /// Conversations of one agent; none when the assistant has all of them.
    pub per_agent: Option<usize>,
}

/// Counters that say how far things are.
#[derive(Debug, Default)]
pub struct Counts {
    /// Conversations that are open and watched.
    pub ready: Cell<usize>,
    /// Connections that ended by themselves, and attempts to dial that failed.
    pub broken: Cell<usize>,
    /// Requests that could not be saved at that moment.
    pub put_off: Cell<usize>,
}

/// See the module.
pub struct Field {
    /// Where the bridge listens.
    pub bridge: Cell<SocketAddr>,
    /// The site visitors are on.
    pub site: SiteId,
    /// What was said.
    pub ledger: RefCell<Ledger>,
    /// How far things are.
    pub counts: Counts,
    shape: Shape,
    orders: RefCell<Vec<mpsc::UnboundedSender<Order>>>,
    whole: RefCell<Vec<Instant>>,
    changed: Notify,
    troubles: RefCell<BTreeMap<String, u64>>,
}

impl Shape {
    /// Agents they need.
    pub fn agents(&self) -> usize {
        self.per_agent.map_or(0, |each| self.visitors.div_ceil(each))
    }
}

impl Field {
    /// Connects everybody to a bridge that runs; nobody has a conversation yet.
    pub async fn connect(world: &World, shape: Shape) -> Result<Rc<Self>> {
        let field = Rc::new(Self {
            bridge: Cell::new(world.address()),
            site: site(),
            ledger: RefCell::new(Ledger::new(shape.visitors, shape.per_agent.is_none())),
            counts: Counts::default(),
            shape,
            orders: RefCell::default(),
            whole: RefCell::default(),
            changed: Notify::new(),
            troubles: RefCell::default(),
        });
        let agents = world.sessions().iter().take(shape.agents()).enumerate().map(|(agent, session)| {
            let each = shape.per_agent.unwrap_or_default();
            let last = shape.visitors.min((agent + 1) * each);
            Who::Agent { session: session.clone(), conversations: agent * each..last }
        });
        let visitors = (0..shape.visitors).map(|index| Who::Visitor { index, secret: secret() });
        for (done, who) in visitors.chain(agents).enumerate() {
            let (orders, ordered) = mpsc::unbounded_channel();
            field.orders.borrow_mut().push(orders);
            tokio::task::spawn_local(Client::new(Rc::clone(&field), who, ordered).live());
            let enough = (done + 1).saturating_sub(DIALLING_AT_ONCE);
            field.until("greetings", || field.whole.borrow().len() >= enough).await?;
        }
        let everybody = field.orders.borrow().len();
        field.until("greetings", || field.whole.borrow().len() >= everybody).await?;
        Ok(field)
    }

    /// Opens every conversation.
    pub async fn open_conversations(&self) -> Result<()> {
        for visitor in 0..self.shape.visitors {
            let enough = (visitor + 1).saturating_sub(OPENING_AT_ONCE);
            self.until("conversations", || self.counts.ready.get() >= enough).await?;
            self.order(visitor, Order::Begin);
        }
        self.until("conversations", || self.counts.ready.get() == self.shape.visitors).await
    }

    /// Tells a visitor's client what to do.
    pub fn order(&self, client: usize, order: Order) {
        // A client that is gone has been dropped with the field.
        let _ = self.orders.borrow()[client].send(order);
    }

    /// The client of the agent who has this conversation.
    pub fn agent_of(&self, conversation: usize) -> Option<usize> {
        Some(self.shape.visitors + conversation / self.shape.per_agent?)
    }

    /// Clients, visitors first.
    pub fn clients(&self) -> usize {
        self.orders.borrow().len()
    }

    /// Who is there.
    pub fn shape(&self) -> Shape {
        self.shape
    }

    /// The queue only one agent serves, who is to get this conversation.
    pub fn queue_of(&self, conversation: usize) -> Option<QueueId> {
        let agent = conversation / self.shape.per_agent?;
        QueueId::new(World::queue(agent)).ok()
    }

    /// Begins to count who is whole again, and gives back when those were who are counted so far.
    pub fn recount(&self) -> Vec<Instant> {
        self.whole.take()
    }

    /// Clients that have all they missed, since the count began.
    pub fn whole(&self) -> usize {
        self.whole.borrow().len()
    }

    /// A client has all it missed.
    pub fn is_whole(&self) {
        self.whole.borrow_mut().push(Instant::now());
        self.changed.notify_waiters();
    }

    /// A conversation is open and watched.
    pub fn is_ready(&self) {
        self.counts.ready.set(self.counts.ready.get() + 1);
        self.changed.notify_waiters();
    }

    /// Whether every conversation is open.
    pub fn is_settled(&self) -> bool {
        self.counts.ready.get() == self.shape.visitors
    }

    /// Something was acknowledged or heard.
    pub fn looked_at(&self) {
        let ledger = self.ledger.borrow();
        if ledger.outstanding() == 0 || ledger.unanswered() == 0 {
            self.changed.notify_waiters();
        }
    }

    /// Something unexpected, by what was said of it.
    pub fn trouble(&self, what: &str) {
        *self.troubles.borrow_mut().entry(what.to_owned()).or_default() += 1;
    }

    /// Everything unexpected, with how often.
    pub fn troubles(&self) -> BTreeMap<String, u64> {
        self.troubles.borrow().clone()
    }

    /// Waits until every message is acknowledged and delivered; `false` when that takes too long.
    pub async fn drained(&self, within: Duration) -> bool {
        self.wait(within, || self.ledger.borrow().outstanding() == 0).await
    }

    /// Waits until every message is acknowledged; `false` when that takes too long.
    pub async fn all_accepted(&self, within: Duration) -> bool {
        self.wait(within, || self.ledger.borrow().unanswered() == 0).await
    }

    /// Waits until `so_many` clients are whole again.
    pub async fn all_whole(&self, so_many: usize, within: Duration) -> Result<()> {
        match self.wait(within, || self.whole() >= so_many).await {
            true => Ok(()),
            false => bail!("{} of {so_many} clients have what they missed after {within:?}", self.whole()),
        }
    }

    /// A name for a request that is no message.
    pub fn fresh_request(&self) -> RequestId {
        let mut chance: [u8; 10] = std::array::from_fn(|_| fastrand::u8(..));
        chance[3] = NO_MESSAGE;
        RequestId::at(self.now(), chance)
    }

    /// By the wall's clock.
    pub fn now(&self) -> Timestamp {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Timestamp::from_millis(u64::try_from(since.as_millis()).unwrap_or(u64::MAX))
    }

    /// Ends every client.
    pub fn end(&self) {
        self.orders.borrow_mut().clear();
    }

    async fn until(&self, what: &str, done: impl Fn() -> bool) -> Result<()> {
        /// Between one sign of progress and the next.
        const PATIENCE: Duration = Duration::from_secs(20);
        let reached = self.wait(PATIENCE, done).await;
        let troubles = self.troubles();
        let broken = self.counts.broken.get();
        reached.then_some(()).with_context(|| {
            format!("the {what} do not come; {broken} connections broke, and the bridge said {troubles:?}")
        })
    }

    async fn wait(&self, within: Duration, done: impl Fn() -> bool) -> bool {
        let until = tokio::time::Instant::now() + within;
        loop {
            let changed = self.changed.notified();
            if done() {
                return true;
            }
            if tokio::time::timeout_at(until, changed).await.is_err() {
                return done();
            }
        }
    }
}

fn secret() -> VisitorSecret {
    VisitorSecret::from_bytes(std::array::from_fn::<u8, VISITOR_SECRET_BYTES, _>(|_| fastrand::u8(..)))
}
