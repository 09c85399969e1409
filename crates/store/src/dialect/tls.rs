//! The encrypted way to PostgreSQL, with the words that its own tools use: `sslmode` is
//! `disable`, `prefer` (when nothing is said), `require`, `verify-ca` or `verify-full`, and
//! `sslrootcert` a file with certificates, or `system`.
//!
//! Without `sslrootcert` the authorities of the machine are believed. A certificate that
//! stands in the file itself is believed too: a server that signed its own is named so.

use std::path::Path;
use std::sync::Arc;

use postgres::Config;
use postgres::config::SslMode;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::client::{verify_server_cert_signed_by_trust_anchor, verify_server_name};
use rustls::crypto::{CryptoProvider, verify_tls12_signature, verify_tls13_signature};
use rustls::server::ParsedCertificate;
use rustls::{
    CertificateError, ClientConfig, DigitallySignedStruct, Error, RootCertStore, SignatureScheme,
};
use rustls_pki_types::pem::PemObject as _;
use rustls_pki_types::{CertificateDer, ServerName, UnixTime};
use tokio_postgres_rustls::MakeRustlsConnect;

use super::TargetError;

/// What must be true of the server's certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Check {
    Nothing,
    Authority,
    AuthorityAndName,
}

/// How one speaks to the server.
#[derive(Debug, Clone)]
pub(crate) struct Tls(Arc<ClientConfig>);

impl Tls {
    /// Reads `sslmode` and `sslrootcert` out of an address; answers what the driver reads,
    /// and the way that was asked for.
    pub(super) fn of(url: &str) -> Result<(Config, Tls), TargetError> {
        let (address, query) = url.split_once('?').unwrap_or((url, ""));
        let (mut mode, mut authorities, mut rest) = ("prefer", None, Vec::new());
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            match pair.split_once('=') {
                Some(("sslmode", said)) => mode = said,
                Some(("sslrootcert", said)) => authorities = Some(said.replace("%2F", "/")),
                _ => rest.push(pair),
            }
        }
        let address = match rest.is_empty() {
            true => address.to_owned(),
            false => format!("{address}?{}", rest.join("&")),
        };
        let mut config: Config = address.parse()?;
        // As the tools of PostgreSQL have it: who names authorities wants them asked.
        let asked = match authorities {
            Some(_) => Check::Authority,
            None => Check::Nothing,
        };
        let (mode, check) = match mode {
            "disable" => (SslMode::Disable, Check::Nothing),
            "prefer" => (SslMode::Prefer, asked),
            "require" => (SslMode::Require, asked),
            "verify-ca" => (SslMode::Require, Check::Authority),
            "verify-full" => (SslMode::Require, Check::AuthorityAndName),
            other => return Err(TargetError::Mode(other.to_owned())),
        };
        config.ssl_mode(mode);
        Ok((config, Tls::checking(check, authorities.as_deref())?))
    }

    fn checking(check: Check, authorities: Option<&str>) -> Result<Tls, TargetError> {
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let believed = match (check, authorities) {
            (Check::Nothing, _) => Vec::new(),
            (_, None | Some("system")) => rustls_native_certs::load_native_certs().certs,
            (_, Some(path)) => read(Path::new(path))?,
        };
        let mut roots = RootCertStore::empty();
        roots.add_parsable_certificates(believed.iter().cloned());
        let verifier = Verifier {
            check,
            roots,
            believed,
            provider: provider.clone(),
        };
        let config = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .expect("the provider knows the usual versions")
            .dangerous()
            .with_custom_certificate_verifier(Arc::new(verifier))
            .with_no_client_auth();
        Ok(Tls(Arc::new(config)))
    }

    pub(super) fn connector(&self) -> MakeRustlsConnect {
        MakeRustlsConnect::new(ClientConfig::clone(&self.0))
    }
}

fn read(path: &Path) -> Result<Vec<CertificateDer<'static>>, TargetError> {
    let unread = || TargetError::Authorities(path.display().to_string());
    let found = CertificateDer::pem_file_iter(path).map_err(|_| unread())?;
    let found: Result<Vec<_>, _> = found.collect();
    match found {
        Ok(found) if !found.is_empty() => Ok(found),
        _ => Err(unread()),
    }
}

/// Looks at the server's certificate as far as was asked.
#[derive(Debug)]
struct Verifier {
    check: Check,
    roots: RootCertStore,
    believed: Vec<CertificateDer<'static>>,
    provider: Arc<CryptoProvider>,
}

impl ServerCertVerifier for Verifier {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        _ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        if self.check == Check::Nothing {
            return Ok(ServerCertVerified::assertion());
        }
        let certificate = ParsedCertificate::try_from(end_entity)?;
        if !self.believed.contains(end_entity) {
            verify_server_cert_signed_by_trust_anchor(
                &certificate,
                &self.roots,
                intermediates,
                now,
                self.provider.signature_verification_algorithms.all,
            )?;
        }
        if self.check == Check::AuthorityAndName {
            verify_server_name(&certificate, server_name)
                .map_err(|_| Error::InvalidCertificate(CertificateError::NotValidForName))?;
        }
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        let algorithms = &self.provider.signature_verification_algorithms;
        verify_tls12_signature(message, certificate, signed, algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        let algorithms = &self.provider.signature_verification_algorithms;
        verify_tls13_signature(message, certificate, signed, algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        let algorithms = &self.provider.signature_verification_algorithms;
        algorithms.supported_schemes()
    }
}

#[cfg(test)]
#[path = "tls_tests.rs"]
mod tests;
