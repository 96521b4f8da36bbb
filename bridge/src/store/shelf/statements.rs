//! [`Shelf`] for both databases. A macro, because a function that is generic over the database would need its every type
//! and parameter named in bounds.

use super::rows::{StoredBuild, StoredDraft, StoredFile, StoredRelease, StoredVersion};
use super::{BuildRow, DraftRow, FileRow, Mark, ReleaseRow, Shelf, VersionRow, sql};
use crate::store::StoreError;
use crate::store::postgres::Postgres;
use crate::store::rows::{read_all, signed};
use crate::store::sqlite::Sqlite;
use async_trait::async_trait;
use protocol::{SiteId, Timestamp, WorkspaceId};
use sqlx::postgres::PgConnection;
use sqlx::sqlite::SqliteConnection;

macro_rules! shelf {
    ($module:ident: $store:ty, $connection:ty) => {
        mod $module {
            use super::*;

            #[async_trait]
            impl Shelf for $store {
                async fn publish_version(
                    &self,
                    workspace: &WorkspaceId,
                    site: &SiteId,
                    (file, builds): (&FileRow, &[BuildRow]),
                    (published, note): (&Mark, &str),
                    kept: u64,
                ) -> Result<u64, StoreError> {
                    let (workspace, site) = (workspace.as_str(), site.as_str());
                    let mut transaction = self.begin().await?;
                    keep_file(&mut transaction, workspace, site, file, builds).await?;
                    let query = sqlx::query_scalar(sql::ADD_VERSION).bind(workspace).bind(site);
                    let query = query.bind(&file.digest).bind(signed(published.at.millis()));
                    let query = query.bind(&published.by).bind(note);
                    let number: i64 = query.fetch_one(&mut *transaction).await?;
                    add_release(&mut transaction, workspace, site, number, published).await?;
                    let query = sqlx::query(sql::DROP_OLD_VERSIONS).bind(workspace).bind(site);
                    query.bind(signed(kept)).execute(&mut *transaction).await?;
                    drop_unused(&mut transaction, workspace, site, published.at).await?;
                    transaction.commit().await?;
                    Ok(number.unsigned_abs())
                }

                async fn release_version(
                    &self,
                    workspace: &WorkspaceId,
                    site: &SiteId,
                    number: u64,
                    released: &Mark,
                ) -> Result<bool, StoreError> {
                    let mut transaction = self.begin().await?;
                    let (workspace, site) = (workspace.as_str(), site.as_str());
                    let found =
                        add_release(&mut transaction, workspace, site, signed(number), released).await?;
                    transaction.commit().await?;
                    Ok(found)
                }

                async fn current_versions(
                    &self,
                    workspace: &WorkspaceId,
                ) -> Result<Vec<ReleaseRow>, StoreError> {
                    let query = sqlx::query_as::<_, StoredRelease>(sql::CURRENT_VERSIONS);
                    let rows = query.bind(workspace.as_str()).fetch_all(self.readers()).await?;
                    let mut current: Vec<ReleaseRow> = read_all(rows)?;
                    current.sort_by(|a, b| a.site.cmp(&b.site));
                    Ok(current)
                }

                async fn releases(
                    &self,
                    workspace: &WorkspaceId,
                    site: &SiteId,
                    limit: u64,
                ) -> Result<Vec<ReleaseRow>, StoreError> {
                    let query = sqlx::query_as::<_, StoredRelease>(sql::RELEASES);
                    let query = query.bind(workspace.as_str()).bind(site.as_str()).bind(signed(limit));
                    read_all(query.fetch_all(self.readers()).await?)
                }

                async fn was_released(
                    &self,
                    workspace: &WorkspaceId,
                    site: &SiteId,
                    digest: &str,
                ) -> Result<bool, StoreError> {
                    let query = sqlx::query_scalar(sql::COUNT_RELEASES).bind(workspace.as_str());
                    let count: i64 = query.bind(site.as_str()).bind(digest).fetch_one(self.readers()).await?;
                    Ok(count > 0)
                }

                async fn versions(
                    &self,
                    workspace: &WorkspaceId,
                    site: &SiteId,
                ) -> Result<Vec<VersionRow>, StoreError> {
                    let query = sqlx::query_as::<_, StoredVersion>(sql::VERSIONS);
                    let query = query.bind(workspace.as_str()).bind(site.as_str());
                    Ok(query.fetch_all(self.readers()).await?.into_iter().map(VersionRow::from).collect())
                }

                async fn save_draft(
                    &self,
                    workspace: &WorkspaceId,
                    site: &SiteId,
                    (file, builds): (&FileRow, &[BuildRow]),
                    saved: &Mark,
                ) -> Result<(), StoreError> {
                    let (workspace, site) = (workspace.as_str(), site.as_str());
                    let mut transaction = self.begin().await?;
                    keep_file(&mut transaction, workspace, site, file, builds).await?;
                    let query = sqlx::query(sql::SAVE_DRAFT).bind(workspace).bind(site).bind(&file.digest);
                    let query = query.bind(signed(saved.at.millis())).bind(&saved.by);
                    query.execute(&mut *transaction).await?;
                    drop_unused(&mut transaction, workspace, site, saved.at).await?;
                    Ok(transaction.commit().await?)
                }

                async fn draft(
                    &self,
                    workspace: &WorkspaceId,
                    site: &SiteId,
                ) -> Result<Option<DraftRow>, StoreError> {
                    let query = sqlx::query_as::<_, StoredDraft>(sql::DRAFT);
                    let query = query.bind(workspace.as_str()).bind(site.as_str());
                    Ok(query.fetch_optional(self.readers()).await?.map(DraftRow::from))
                }

                async fn delete_draft(
                    &self,
                    workspace: &WorkspaceId,
                    site: &SiteId,
                    now: Timestamp,
                ) -> Result<bool, StoreError> {
                    let (workspace, site) = (workspace.as_str(), site.as_str());
                    let mut transaction = self.begin().await?;
                    let query = sqlx::query(sql::DELETE_DRAFT).bind(workspace).bind(site);
                    let gone = query.execute(&mut *transaction).await?.rows_affected() > 0;
                    drop_unused(&mut transaction, workspace, site, now).await?;
                    transaction.commit().await?;
                    Ok(gone)
                }

                async fn file(
                    &self,
                    workspace: &WorkspaceId,
                    site: &SiteId,
                    digest: &str,
                ) -> Result<Option<FileRow>, StoreError> {
                    let query = sqlx::query_as::<_, StoredFile>(sql::FILE).bind(workspace.as_str());
                    let query = query.bind(site.as_str()).bind(digest);
                    Ok(query.fetch_optional(self.readers()).await?.map(FileRow::from))
                }

                async fn builds(
                    &self,
                    workspace: &WorkspaceId,
                    site: &SiteId,
                    digest: &str,
                ) -> Result<Vec<BuildRow>, StoreError> {
                    let query = sqlx::query_as::<_, StoredBuild>(sql::BUILDS).bind(workspace.as_str());
                    let rows = query.bind(site.as_str()).bind(digest).fetch_all(self.readers()).await?;
                    Ok(rows.into_iter().map(|row| row.of_file().1).collect())
                }

                async fn set_builds(
                    &self,
                    workspace: &WorkspaceId,
                    site: &SiteId,
                    digest: &str,
                    builds: &[BuildRow],
                ) -> Result<(), StoreError> {
                    let mut transaction = self.begin().await?;
                    let (workspace, site) = (workspace.as_str(), site.as_str());
                    replace_builds(&mut transaction, workspace, site, digest, builds).await?;
                    Ok(transaction.commit().await?)
                }

                async fn build(
                    &self,
                    workspace: &WorkspaceId,
                    site: &SiteId,
                    hash: &str,
                ) -> Result<Option<(String, BuildRow)>, StoreError> {
                    let query = sqlx::query_as::<_, StoredBuild>(sql::BUILD).bind(workspace.as_str());
                    let query = query.bind(site.as_str()).bind(hash);
                    Ok(query.fetch_optional(self.readers()).await?.map(StoredBuild::of_file))
                }

                async fn keep_file(
                    &self,
                    workspace: &WorkspaceId,
                    site: &SiteId,
                    digest: &str,
                    until: Timestamp,
                ) -> Result<(), StoreError> {
                    let query = sqlx::query(sql::KEEP_SHARED).bind(workspace.as_str()).bind(site.as_str());
                    let query = query.bind(digest).bind(signed(until.millis()));
                    query.execute(&mut *self.writer().await?).await?;
                    Ok(())
                }

                async fn signing_key(
                    &self,
                    workspace: &WorkspaceId,
                    purpose: &str,
                    fresh: &[u8],
                ) -> Result<Vec<u8>, StoreError> {
                    let query = sqlx::query(sql::ADD_KEY).bind(workspace.as_str()).bind(purpose);
                    query.bind(fresh).execute(&mut *self.writer().await?).await?;
                    let query = sqlx::query_scalar(sql::KEY).bind(workspace.as_str()).bind(purpose);
                    Ok(query.fetch_one(&mut *self.writer().await?).await?)
                }
            }

            async fn keep_file(
                connection: &mut $connection,
                workspace: &str,
                site: &str,
                file: &FileRow,
                builds: &[BuildRow],
            ) -> Result<(), StoreError> {
                let query = sqlx::query(sql::KEEP_FILE).bind(workspace).bind(site).bind(&file.digest);
                query.bind(&file.name).bind(&file.source).execute(&mut *connection).await?;
                replace_builds(connection, workspace, site, &file.digest, builds).await
            }

            async fn replace_builds(
                connection: &mut $connection,
                workspace: &str,
                site: &str,
                digest: &str,
                builds: &[BuildRow],
            ) -> Result<(), StoreError> {
                let query = sqlx::query(sql::DROP_BUILDS).bind(workspace).bind(site).bind(digest);
                query.execute(&mut *connection).await?;
                for (position, build) in (0_i64..).zip(builds) {
                    let query = sqlx::query(sql::ADD_BUILD).bind(workspace).bind(site).bind(digest);
                    let query = query.bind(position).bind(&build.tag).bind(&build.hash).bind(&build.bytes);
                    query.execute(&mut *connection).await?;
                }
                Ok(())
            }

            async fn add_release(
                connection: &mut $connection,
                workspace: &str,
                site: &str,
                version: i64,
                released: &Mark,
            ) -> Result<bool, StoreError> {
                let query = sqlx::query(sql::ADD_RELEASE).bind(workspace).bind(site).bind(version);
                let query = query.bind(signed(released.at.millis())).bind(&released.by);
                Ok(query.execute(connection).await?.rows_affected() > 0)
            }

            async fn drop_unused(
                connection: &mut $connection,
                workspace: &str,
                site: &str,
                now: Timestamp,
            ) -> Result<(), StoreError> {
                let query = sqlx::query(sql::DROP_UNUSED_FILES).bind(workspace).bind(site);
                query.bind(signed(now.millis())).execute(connection).await?;
                Ok(())
            }
        }
    };
}

shelf!(in_sqlite: Sqlite, SqliteConnection);
shelf!(in_postgres: Postgres, PgConnection);
