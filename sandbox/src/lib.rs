//! The sandbox: an identity provider and an access-management API on loopback, to try `stepup`, to show
//! it, and to test it. Real keys, real expiry, real redirects; invented people and tasks. It shares no code with the
//! client that is tested with it, so that a mistake is not made on both sides.
//!
//! It imitates documented behaviour (docs/c1.md section 11, docs/duties.md). What it decides where the
//! public record is silent is marked in the code and is no claim about anybody's product.

mod api;
mod auth;
mod basics;
mod client;
mod clock;
mod config;
mod connection;
mod dpop;
mod files;
mod foreign;
mod http;
mod jwt;
mod keys;
mod log;
mod page;
mod people;
mod person;
mod provider;
mod relying_party;
mod server;
mod switches;
#[cfg(test)]
mod tests;
mod tls;
mod tokens;

use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use serde::Serialize;

use api::{Api, Hosted, Store, World};
use auth::Auth;
use basics::random;
use config::{Folder, FolderContents};
use http::{Call, Reply};
use keys::{Alg, Keys};
use log::Log;
use people::Factors;
pub use person::{Factor, sign_in};
pub use provider::Personality;
use provider::{ApiClient, Persona, Provider};
use relying_party::RelyingParty;
use server::{Server, Service};
use switches::Switches;
pub use switches::{SWITCH_HELP, switches};
use tls::Authority;
use tokens::Tokens;

/// What a sandbox is started with.
#[derive(Clone, Debug)]
pub struct Options {
    /// The API's address, loopback only. The provider takes the next port, or any if this is 0.
    pub listen: SocketAddr,
    /// Whom the provider imitates. Its name is that of the provider entry, too, which is `sandbox` otherwise.
    pub personality: Option<Personality>,
    /// Run the API alone, for this provider's tokens.
    pub elsewhere: Option<Elsewhere>,
    /// Whether the servers speak TLS, with an authority of this run's own.
    pub tls: bool,
    /// Where to write [`Info`] as JSON once everything is ready.
    pub info: Option<PathBuf>,
    /// Where to write one JSON line a request.
    pub log: Option<PathBuf>,
    /// Where to write the requests and answers of the API, with their bodies.
    pub record: Option<PathBuf>,
    /// Where to keep tasks between runs.
    pub state: Option<PathBuf>,
    /// Where to write the configuration; a private temporary folder if not given.
    pub config_dir: Option<PathBuf>,
    /// Sign with ES256 alone, as the provider entry then says: an RSA key takes long to make.
    pub es256: bool,
    /// `NAME=VALUE` settings, see [`SWITCH_HELP`].
    pub switches: Vec<String>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            personality: None,
            elsewhere: None,
            tls: false,
            info: None,
            log: None,
            record: None,
            state: None,
            config_dir: None,
            es256: false,
            switches: Vec::new(),
        }
    }
}

/// A client of an identity provider that is not ours.
#[derive(Clone, Debug)]
pub struct Elsewhere {
    /// The issuer, as the provider spells it.
    pub issuer: String,
    /// The client whose tokens count.
    pub client_id: String,
}

/// Where a running sandbox is and what is in it. Holds no secret.
#[derive(Clone, Debug, Serialize)]
pub struct Info {
    /// The API's base URL.
    pub api_url: String,
    /// The provider's issuer.
    pub issuer: String,
    /// Where the provider listens: the issuer, unless the `issuer` switch gives it another name.
    pub provider_url: String,
    /// The folder with `config.toml` and `credentials.json`.
    pub config: PathBuf,
    /// With TLS: the certificate of the authority that signed those of the servers, as PEM.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ca_file: Option<PathBuf>,
    /// The provider entry there.
    pub entry: String,
    /// What waits for approval.
    pub tasks: Vec<TaskInfo>,
}

/// One task of the sandbox.
#[derive(Clone, Debug, Serialize)]
pub struct TaskInfo {
    /// The number that people use.
    pub numeric_id: String,
    /// The 27-character id.
    pub id: String,
    /// What is asked for.
    pub title: String,
    /// A short word for what it is an example of, such as `phr` or `closed`.
    pub what: String,
    /// Why the approver cannot approve it now, if they cannot.
    pub why_not: Option<&'static str>,
}

/// Why a sandbox did not start.
#[derive(Debug, thiserror::Error)]
pub enum SandboxError {
    /// It must not be reachable from elsewhere.
    #[error("the sandbox listens on loopback only, not on `{0}`")]
    NotLoopback(SocketAddr),
    /// Somebody else listens there.
    #[error("port {port} cannot be used: {reason}")]
    Port {
        /// The port.
        port: u16,
        /// What the system said.
        reason: String,
    },
    /// No `=` in a switch.
    #[error("`{0}` is not of the form NAME=VALUE")]
    SwitchForm(String),
    /// No such switch.
    #[error("there is no switch `{name}`: {near}")]
    UnknownSwitch {
        /// What was given.
        name: String,
        /// What may have been meant.
        near: String,
    },
    /// Not a value of this switch.
    #[error("the switch `{name}` does not take `{value}`, but {valid}")]
    SwitchValue {
        /// The switch.
        name: String,
        /// What was given.
        value: String,
        /// What it takes.
        valid: String,
    },
    /// A file or folder could not be used.
    #[error("the {what} of the sandbox could not be used: {reason}")]
    File {
        /// Which one.
        what: &'static str,
        /// What the system said.
        reason: String,
    },
    /// The system has no thread left.
    #[error("the sandbox could not be started: {0}")]
    Start(#[from] io::Error),
}

/// A running sandbox. Stops when told to; dropping it leaves the servers to the end of the process.
pub struct Sandbox {
    info: Info,
    servers: Vec<Server>,
    folder: Folder,
}

/// Where tokens come from: a provider elsewhere, or one of our own, and then where it listens.
fn issuing(
    options: &Options,
    switches: &Switches,
    api_url: &str,
) -> Result<(Tokens, Option<(TcpListener, SocketAddr)>), SandboxError> {
    let lifetime = switches.number("token_lifetime_s").unwrap_or(300);
    if let Some(elsewhere) = &options.elsewhere {
        let by_userinfo = switches.is("foreign_tokens", "userinfo");
        let tokens = Tokens::of(elsewhere, api_url, lifetime, by_userinfo);
        return Ok((tokens, None));
    }
    let (listener, address) = bind(next(options.listen)?)?;
    let trusted = switches.text("trusted_issuer");
    let here = base(options, address) + options.personality.unwrap_or_default().issuer_path();
    let issuer = switches.text("issuer").unwrap_or(&here);
    let mut tokens = Tokens::new(issuer, api_url, lifetime, trusted);
    if options.es256 {
        tokens.keys = Keys::new(Alg::Es256);
    }
    Ok((tokens, Some((listener, address))))
}

/// What API and provider have in common.
struct Site<'a> {
    options: &'a Options,
    switches: Arc<Switches>,
    /// What signs the certificates, with TLS.
    authority: Option<Authority>,
    tokens: Arc<Tokens>,
    api_url: &'a str,
}

impl Site<'_> {
    /// The API, and a provider where it has a port.
    fn parties(
        &self,
        world: World,
        store: Store,
        persona: Persona,
        port: Option<u16>,
    ) -> (Api, Option<Provider>) {
        let (api_url, people) = (self.api_url, world.people.clone());
        let factors = Arc::new(Factors::new());
        let as_client = ApiClient {
            secret: random(40),
            redirect_uri: format!("{api_url}/auth/callback"),
        };
        let auth = Auth::new(
            api_url,
            people.clone(),
            &factors,
            &self.tokens,
            Arc::clone(&self.switches),
        );
        let api = Api::new(
            Arc::clone(&self.tokens),
            Arc::clone(&self.switches),
            auth,
            Hosted::new(api_url, self.relying_party(&as_client)),
            world,
            store,
        );
        let provider = port.map(|port| {
            Tokens::prepare_keys(&self.tokens);
            Provider::new(
                Arc::clone(&self.tokens),
                people,
                factors,
                Arc::clone(&self.switches),
                as_client,
                persona,
                port,
            )
        });
        (api, provider)
    }

    /// The API as a client of the provider: its own registration here, the tool's at a provider elsewhere.
    fn relying_party(&self, own: &ApiClient) -> RelyingParty {
        let here = self.options.elsewhere.is_none();
        let trusted = self.authority.as_ref().filter(|_| here);
        RelyingParty::new(
            self.tokens.issuer(),
            self.tokens.api_client_id(),
            here.then_some(own.secret.as_str()),
            &own.redirect_uri,
            trusted.map(|authority| authority.pem.as_str()),
        )
    }

    /// Writes the configuration of the tool: an entry of this name with these lines, and its secrets.
    fn configure(
        &self,
        folder: &Folder,
        (api, provider): (&Api, Option<&Provider>),
        (entry, lines): (&str, &str),
        provider_ids: &[String],
    ) -> Result<(), SandboxError> {
        let issuer = self.tokens.issuer();
        let kept_as = format!("api/sandbox@{}", self.api_url);
        let clients = provider.into_iter();
        let clients = clients.flat_map(|provider| kept_secrets(provider, entry, issuer));
        let contents = FolderContents {
            api_url: self.api_url,
            issuer,
            client_id: self.tokens.client_id(),
            entry,
            lines,
            elsewhere: self.options.elsewhere.is_some(),
            authority: self.authority.as_ref().map(|one| one.pem.as_str()),
            provider_ids,
            secrets: [(kept_as, api.credential())]
                .into_iter()
                .chain(clients)
                .collect(),
        };
        let written = folder.write(&contents);
        written.map_err(file("configuration folder"))
    }

    /// Starts the server of the API, and of the provider if there is one.
    fn serve(
        &self,
        (api, listener): (Api, TcpListener),
        own: Option<(Provider, TcpListener)>,
    ) -> Result<Vec<Server>, SandboxError> {
        let (requests, bodies) = (&self.options.log, &self.options.record);
        let log = Log::open(requests.as_deref(), bodies.as_deref()).map_err(file("log"))?;
        let log = Arc::new(log);
        let start = |service, listener| {
            Server::start(service, listener, self.authority.as_ref(), Arc::clone(&log))
        };
        let api = service("api", &self.switches, move |call| api.answer(call));
        let mut servers = vec![start(api, listener)?];
        if let Some((provider, listener)) = own {
            let provider = service("provider", &self.switches, move |call| {
                provider.answer(call)
            });
            servers.push(start(provider, listener)?);
        }
        Ok(servers)
    }
}

impl Sandbox {
    /// Starts both servers, or the API alone; when this returns they answer.
    pub fn start(mut options: Options) -> Result<Self, SandboxError> {
        let switches = Arc::new(Switches::parse(&options.switches)?);
        let (api_listener, api_address) = bind(options.listen)?;
        let api_url = base(&options, api_address);
        let authority = options.tls.then(Authority::new).transpose()?;
        let (tokens, own) = issuing(&options, &switches, &api_url)?;
        let (listener, address) = own.unzip();
        let issuer = tokens.issuer().to_owned();
        let provider_url = address.map_or_else(|| issuer.clone(), |here| base(&options, here));

        let store = Store::new(options.state.take());
        let personality = options.personality.unwrap_or_default();
        let mut world = open_world(&store, &switches, personality)?;
        let approver = &world.people.approver.id;
        let tasks = world.tasks.iter();
        let tasks = tasks.map(|task| TaskInfo::of(task, approver)).collect();
        let provider_ids: Vec<String> = world.providers.iter().map(|one| one.id.clone()).collect();
        if switches.is("provider", "deleted") {
            world.providers.clear();
        }
        let persona = Persona::new(personality, &switches)?;
        let (entry, first) = named(options.personality, options.es256);
        let lines = first + &persona.entry(&api_url);
        let wanted = options.config_dir.take();
        let site = Site {
            options: &options,
            switches,
            authority,
            tokens: Arc::new(tokens),
            api_url: &api_url,
        };
        let (api, provider) = site.parties(world, store, persona, address.map(|here| here.port()));
        let folder = Folder::open(wanted).map_err(file("configuration folder"))?;
        site.configure(
            &folder,
            (&api, provider.as_ref()),
            (&entry, &lines),
            &provider_ids,
        )?;
        let servers = site.serve((api, api_listener), provider.zip(listener))?;
        let info = Info {
            api_url,
            issuer,
            provider_url,
            config: folder.path.clone(),
            ca_file: options.tls.then(|| folder.ca_file()),
            entry,
            tasks,
        };
        info.write(options.info.as_deref())
            .map_err(file("info file"))?;
        Ok(Self {
            info,
            servers,
            folder,
        })
    }

    /// Where it is and what is in it.
    pub const fn info(&self) -> &Info {
        &self.info
    }

    /// Stops the servers and removes the configuration folder if the sandbox made it.
    pub fn stop(self) {
        self.servers.into_iter().for_each(Server::stop);
        drop(self.folder);
    }
}

impl Info {
    fn write(&self, path: Option<&Path>) -> io::Result<()> {
        let document = serde_json::to_vec_pretty(self)?;
        path.map_or(Ok(()), |path| files::write_private(path, &document))
    }
}

impl TaskInfo {
    fn of(task: &api::Task, approver: &str) -> Self {
        Self {
            why_not: task.why_not(approver),
            numeric_id: task.numeric_id.to_string(),
            id: task.id.clone(),
            title: task.title.clone(),
            what: task.what.clone(),
        }
    }
}

/// A listener on loopback, with the address it got.
fn bind(listen: SocketAddr) -> Result<(TcpListener, SocketAddr), SandboxError> {
    if !listen.ip().is_loopback() {
        return Err(SandboxError::NotLoopback(listen));
    }
    server::bind(listen).map_err(|error| SandboxError::Port {
        port: listen.port(),
        reason: error.to_string(),
    })
}

/// The provider's address, beside the API's.
fn next(listen: SocketAddr) -> Result<SocketAddr, SandboxError> {
    let port = match listen.port() {
        0 => 0,
        port => port.checked_add(1).ok_or_else(|| SandboxError::Port {
            port,
            reason: "the provider needs the next port, and there is none".to_owned(),
        })?,
    };
    Ok(SocketAddr::new(listen.ip(), port))
}

/// A server's work, with the delay that its `slow_*_ms` switch asks for.
fn service(
    name: &'static str,
    switches: &Switches,
    answer: impl Fn(&Call) -> Reply + Send + Sync + 'static,
) -> Service {
    let delay = switches.number(&format!("slow_{name}_ms")).unwrap_or(0);
    Service {
        name,
        delay: Duration::from_millis(delay),
        handler: Box::new(answer),
    }
}

fn base(options: &Options, address: SocketAddr) -> String {
    let scheme = if options.tls { "https" } else { "http" };
    format!("{scheme}://{address}")
}

/// The world of an earlier run, or a fresh one.
fn open_world(
    store: &Store,
    switches: &Switches,
    personality: Personality,
) -> Result<World, SandboxError> {
    let world = match store.load().map_err(file("state file"))? {
        Some(world) => world,
        None => World::fresh(
            switches.number("extra_tasks").unwrap_or(0),
            switches.is("tasks", "every-type"),
            personality.demands(),
            personality.is_microsoft(),
        ),
    };
    store.try_save(&world).map_err(file("state file"))?;
    Ok(world)
}

fn file(what: &'static str) -> impl Fn(io::Error) -> SandboxError {
    move |error| SandboxError::File {
        what,
        reason: error.to_string(),
    }
}

/// The name of the provider entry, and its first lines: the preset of whoever was asked for by name, and what its ID
/// tokens are signed with, where that is not RS256.
fn named(personality: Option<Personality>, es256: bool) -> (String, String) {
    let (name, preset) = personality.map_or_else(
        || ("sandbox".to_owned(), String::new()),
        |one| (one.name(), format!("preset = \"{}\"\n", one.preset())),
    );
    let algs = if es256 {
        "id_token_algs = [\"ES256\"]\n"
    } else {
        ""
    };
    (name, preset + algs)
}

/// The secrets of clients, by the names under which the tool keeps them: each is for this issuer's origin.
fn kept_secrets<'a>(
    provider: &'a Provider,
    entry: &'a str,
    issuer: &str,
) -> impl Iterator<Item = (String, &'a str)> + use<'a> {
    let origin = url::Url::parse(issuer).map_or_else(
        |_| issuer.to_owned(),
        |issuer| issuer.origin().ascii_serialization(),
    );
    let named = provider.client_secrets(entry);
    named.map(move |(name, secret)| (format!("client-secret/{name}@{origin}"), secret))
}
