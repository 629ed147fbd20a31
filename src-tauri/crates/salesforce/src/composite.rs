//! Several requests in one call: composite (≤ 25 subrequests in order, each may refer to the answers before it) and
//! composite graph (≤ 500 nodes, each graph all or nothing) (REST API Developer Guide, "Composite", "Composite
//! Graph"). One call of the quota each. A call that may write is never repeated if its answer is lost.

mod subrequest;

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Value, json};

pub(crate) use subrequest::reference_name;
pub use subrequest::{Subrequest, reference_to_id};

use crate::api_error::ApiError;
use crate::client::Client;
use crate::error::Error;
use crate::request::Request;

/// Most subrequests of one composite call.
pub const LARGEST_COMPOSITE_SUBREQUESTS: usize = 25;
/// Most subrequests of all graphs of one call.
pub const LARGEST_GRAPH_NODES: usize = 500;
/// Most graphs of one call.
pub const LARGEST_GRAPH_COUNT: usize = 75;

/// The answer to one subrequest.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Subanswer {
    /// The name that the subrequest was given.
    pub reference_id: String,
    /// HTTP status of this part alone.
    #[serde(rename = "httpStatusCode")]
    pub status: u16,
    /// Its headers, e.g. `Location`.
    #[serde(rename = "httpHeaders", default)]
    pub headers: BTreeMap<String, String>,
    /// Its body; null after an update or a deletion.
    #[serde(default)]
    pub body: Value,
}

impl Subanswer {
    /// The body of a success, else the errors; `PROCESSING_HALTED` marks parts that were undone or never tried.
    pub fn outcome(&self) -> Result<&Value, Vec<ApiError>> {
        if (200..300).contains(&self.status) {
            return Ok(&self.body);
        }
        let mut errors = ApiError::list_from_body(self.status, &self.body);
        if errors.is_empty() {
            errors.push(ApiError::new(
                "UNKNOWN",
                format!("status {} without a reason", self.status),
            ));
        }
        Err(errors)
    }

    /// The id of a record that was created or upserted.
    #[must_use]
    pub fn id(&self) -> Option<&str> {
        self.outcome().ok()?.get("id")?.as_str()
    }
}

/// Subrequests that succeed or fail together.
#[derive(Debug, Clone, PartialEq)]
pub struct Graph {
    /// Its name in the answer.
    pub graph_id: String,
    /// What it does, in order.
    pub subrequests: Vec<Subrequest>,
}

/// What became of a graph.
#[derive(Debug, Clone, PartialEq)]
pub struct GraphAnswer {
    /// Its name.
    pub graph_id: String,
    /// False: nothing of it was written.
    pub is_successful: bool,
    /// The answers in the order of its subrequests.
    pub answers: Vec<Subanswer>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Answers {
    composite_response: Vec<Subanswer>,
}

#[derive(Deserialize)]
struct GraphAnswers {
    graphs: Vec<OneGraph>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct OneGraph {
    graph_id: String,
    graph_response: Answers,
    is_successful: bool,
}

impl Client {
    /// Sends up to 25 subrequests in one call. With `all_or_none` one failure undoes all. Answers in order.
    pub async fn composite(
        &self,
        all_or_none: bool,
        subrequests: &[Subrequest],
    ) -> Result<Vec<Subanswer>, Error> {
        check_count(subrequests.len(), LARGEST_COMPOSITE_SUBREQUESTS)?;
        if subrequests.is_empty() {
            return Ok(Vec::new());
        }
        let what = "a composite call";
        let body = json!({ "allOrNone": all_or_none, "compositeRequest": self.parts(subrequests).await? });
        let request = Request::post(self.data_address(&["composite"]).await?, &body)?;
        let reply = self.send(&request).await?;
        let answers: Answers = reply.json(what)?;
        let complete = answers.composite_response.len() == subrequests.len();
        if complete {
            Ok(answers.composite_response)
        } else {
            Err(reply.unreadable(what, &"it answers other parts than were sent"))
        }
    }

    /// Sends graphs of together up to 500 subrequests in one call; each is written whole or not at all. Answers in
    /// the order sent.
    pub async fn composite_graphs(&self, graphs: &[Graph]) -> Result<Vec<GraphAnswer>, Error> {
        check_count(graphs.len(), LARGEST_GRAPH_COUNT)?;
        let nodes = graphs.iter().map(|graph| graph.subrequests.len()).sum();
        check_count(nodes, LARGEST_GRAPH_NODES)?;
        if graphs.is_empty() {
            return Ok(Vec::new());
        }
        let what = "a composite graph call";
        let mut parts = Vec::with_capacity(graphs.len());
        for graph in graphs {
            parts.push(json!({
                "graphId": graph.graph_id,
                "compositeRequest": self.parts(&graph.subrequests).await?,
            }));
        }
        let url = self.data_address(&["composite", "graph"]).await?;
        let reply = self
            .send(&Request::post(url, &json!({ "graphs": parts }))?)
            .await?;
        let answers: GraphAnswers = reply.json(what)?;
        let mut known: BTreeMap<String, OneGraph> = answers
            .graphs
            .into_iter()
            .map(|graph| (graph.graph_id.clone(), graph))
            .collect();
        let ordered = graphs.iter().map(|graph| {
            let answer = known.remove(&graph.graph_id)?;
            Some(GraphAnswer {
                graph_id: answer.graph_id,
                is_successful: answer.is_successful,
                answers: answer.graph_response.composite_response,
            })
        });
        ordered
            .collect::<Option<Vec<_>>>()
            .ok_or_else(|| reply.unreadable(what, &"a graph that was sent has no answer"))
    }

    /// Asks one part that reads by itself, where a composite call as a whole was not answered.
    pub async fn ask_alone(&self, part: &Subrequest) -> Result<Value, Error> {
        let address = part.address(self.api_version().await?);
        let request = Request::get(self.instance_url().join(&address)?);
        self.send(&request).await?.json("a part of a composite call")
    }

    async fn parts(&self, subrequests: &[Subrequest]) -> Result<Vec<Value>, Error> {
        let version = self.api_version().await?;
        Ok(subrequests.iter().map(|part| part.to_json(version)).collect())
    }
}

fn check_count(given: usize, allowed: usize) -> Result<(), Error> {
    if given > allowed {
        Err(Error::TooManyRecords { given, allowed })
    } else {
        Ok(())
    }
}
